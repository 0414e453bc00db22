// Provides main() for the unit tests, which doctest collects from all other files.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
