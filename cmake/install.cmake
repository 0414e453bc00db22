# Headers, generator, CMake package and pkg-config file.
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/cameo)

install(DIRECTORY include/cameo TYPE INCLUDE)
install(TARGETS cameo cameo_generator EXPORT cameo)
install(EXPORT cameo NAMESPACE cameo:: FILE cameo-targets.cmake DESTINATION ${package_directory})

configure_package_config_file(cmake/cameo-config.cmake.in cameo-config.cmake INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file(cameo-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES cmake/cameo_add_model.cmake ${PROJECT_BINARY_DIR}/cameo-config.cmake ${PROJECT_BINARY_DIR}/cameo-config-version.cmake
  DESTINATION ${package_directory})

configure_file(cmake/cameo.pc.in cameo.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cameo.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
