# What users of an installed cameo do, in CMake and in Meson.
set(prefix ${PROJECT_BINARY_DIR}/package/prefix)
add_test(NAME package/install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix})
set_tests_properties(package/install PROPERTIES FIXTURES_SETUP installed)

# Configures, builds and runs a project that finds the installed package.
function(add_project_test name source program)
  add_test(
    NAME package/${name}
    COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test ${source} ${PROJECT_BINARY_DIR}/package/${name} --build-generator ${CMAKE_GENERATOR}
      --build-options -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DCMAKE_CXX_FLAGS=-O1
      --test-command ${program} ${ARGN})
  set_tests_properties(package/${name} PROPERTIES FIXTURES_REQUIRED installed)
endfunction()

add_project_test(cmake ${PROJECT_SOURCE_DIR}/tests/package package)
add_project_test(digits ${PROJECT_SOURCE_DIR}/examples/digits digits ${PROJECT_SOURCE_DIR}/examples/digits/test_images.bin)

find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  add_test(NAME package/subprojects COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tests/package/subprojects.py ${CMAKE_CXX_COMPILER})
endif()

find_program(MESON meson)
if(MESON)
  add_test(NAME package/meson COMMAND ${PROJECT_SOURCE_DIR}/tests/package/meson.sh ${prefix} ${PROJECT_BINARY_DIR}/package/meson)
  set_tests_properties(package/meson PROPERTIES FIXTURES_REQUIRED installed ENVIRONMENT "CXX=${CMAKE_CXX_COMPILER};MESON=${MESON}")
endif()
