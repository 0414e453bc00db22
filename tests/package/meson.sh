#!/bin/sh
# meson.sh PREFIX BUILD: builds and runs this project in Meson with the cameo installed in PREFIX.
set -e
PATH=$1/bin:$PATH PKG_CONFIG_PATH=$1/share/pkgconfig "${MESON:-meson}" setup --wipe "$2" "$(dirname "$0")"
ninja -C "$2"
"$2/package"
