# cameo_add_model(<target> <model.onnx> [NAME <name>] [OPTIONS <option>...])
#
# Adds the library <target>, whose users can include <name>.hpp: the network that `cameo generate` makes of the model at
# build time, in namespace <name>. The header is made again when the model, its external data or the generator changes; where its bytes stay the same, nothing is compiled again.
#
#   NAME     a C++ identifier; the model's file name otherwise
#   OPTIONS  of `cameo generate`, such as --dim batch=8
#
# With `--split` among the options, <target> is a static library that has the kernels; its users include an interface only.
# Without `--weights` among the options, the weights of a model file above 1 MB, or that are in other files, become an
# object, and <target> a static library; otherwise it is an interface library.

# Compiles a target with `level` where neither a build type nor flags of the project say how: at -O0 it would be many times slower.
function(cameo_optimize_by_default target level)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND NOT CMAKE_CXX_FLAGS MATCHES "-O")
    target_compile_options(${target} PRIVATE ${level})
  endif()
endfunction()

function(cameo_add_model target model)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "NAME" "OPTIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cameo_add_model(${target}): '${arg_UNPARSED_ARGUMENTS}' is neither NAME nor OPTIONS")
  endif()
  cmake_path(ABSOLUTE_PATH model NORMALIZE)
  set(name ${arg_NAME})
  if(NOT name)
    cmake_path(GET model STEM LAST_ONLY stem)
    string(MAKE_C_IDENTIFIER ${stem} name)
  endif()

  set(options ${arg_OPTIONS})
  string(REGEX MATCH "--weights[=;]([a-z]+)" weights_option "${options}")
  set(weights "${CMAKE_MATCH_1}")
  if(NOT weights_option AND EXISTS ${model})
    file(SIZE ${model} bytes)
    file(STRINGS ${model} external REGEX "location" LIMIT_COUNT 1)
    if(bytes GREATER 1000000 OR external OR "${options}" MATCHES "--weights-from|--constant")
      set(weights object)
      list(APPEND options --weights object)
    endif()
  endif()

  set(directory ${CMAKE_CURRENT_BINARY_DIR}/cameo/${target})
  set(header ${directory}/${name}.hpp)
  set(assembler ${directory}/${name}.weights.S)
  set(data ${directory}/${name}.weights.bin)
  set(stamp ${directory}/${name}.stamp)
  set(sources)
  if(weights STREQUAL object)
    list(APPEND sources ${assembler})
  endif()
  if("--split" IN_LIST options)
    list(APPEND sources ${directory}/${name}.cpp)
  endif()
  set(written ${header} ${sources})
  if(weights MATCHES "object|file")
    list(APPEND written ${data})
  endif()

  # The generator leaves files alone whose bytes stay the same, so that nothing is compiled for them. What tells when it ran is the stamp.
  file(MAKE_DIRECTORY ${directory})
  add_custom_command(
    OUTPUT ${stamp}
    BYPRODUCTS ${written}
    COMMAND cameo::generator generate ${model} -o ${header} --name ${name} --depfile ${header}.d --stamp ${stamp} ${options}
    DEPENDS ${model} cameo::generator
    DEPFILE ${header}.d
    COMMENT "Generating ${name}.hpp"
    VERBATIM)

  if(weights STREQUAL object)
    # The C++ compiler assembles it: the language ASM would have to be enabled in the caller's directory.
    set_source_files_properties(${assembler} PROPERTIES LANGUAGE CXX COMPILE_OPTIONS "-x;assembler-with-cpp;-Wa,-I${directory}" OBJECT_DEPENDS ${data})
  endif()
  if(weights STREQUAL object OR "--split" IN_LIST options)
    add_library(${target} STATIC ${stamp} ${sources})
    set_target_properties(${target} PROPERTIES CXX_SCAN_FOR_MODULES OFF)
    cameo_optimize_by_default(${target} -O3)
    target_include_directories(${target} PRIVATE ${directory})  # which an assembler looks for no data in where it is of the system
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE ${stamp})
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} SYSTEM INTERFACE ${directory})
  target_link_libraries(${target} ${scope} cameo::cameo)
endfunction()
