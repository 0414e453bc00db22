"""Lets tests compile only once what all generated programs include."""

import os
import shlex

# g++ 12 warns of immintrin.h, a header of its own, if that was precompiled.
QUIET = ["-Wno-uninitialized", "-Wno-maybe-uninitialized"]


def precompiled(options):
    """The options that include it, where tests/CMakeLists.txt has compiled it for such options; none otherwise.

    g++ finds among what was compiled what fits the target, the warnings and whether it optimizes. Other options are not
    safe: g++ 12 crashes where the levels of optimization differ.
    """
    options = [str(option) for option in options]
    header = os.environ.get("CAMEO_TEST_PRECOMPILED")
    levels = [option for option in options if option.startswith("-O")]
    others = [option for option in options if option.startswith(("-f", "-g", "-m")) and option != "-march=native"]
    if not header or levels[-1:] not in (["-O0"], ["-O1"]) or others:
        return []
    return ["-include", header, *QUIET]


def tested_flags():
    """$CXXFLAGS of the commands that compile: $CAMEO_TEST_FLAGS, and what is precompiled for them."""
    flags = shlex.split(os.environ.get("CAMEO_TEST_FLAGS", ""))
    return shlex.join([*flags, *precompiled(flags)])
