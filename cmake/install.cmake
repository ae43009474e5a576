# What `cmake --install` puts where. Three components, which cpack makes three
# packages of: `runtime` (the shared library), `development` (what compiles and
# links with it) and `tools` (the command line and all that goes with it).
# Included from CMakeLists.txt.

include(CMakePackageConfigHelpers)

set(parcheck_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/parcheck")

# --- libraries and headers --------------------------------------------------

install(TARGETS parcheck_shared EXPORT parcheck-shared
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
  RUNTIME COMPONENT runtime
  ARCHIVE COMPONENT development)
install(TARGETS parcheck_static EXPORT parcheck-static
  ARCHIVE COMPONENT development)
install(DIRECTORY include/parcheck TYPE INCLUDE COMPONENT development
  FILES_MATCHING PATTERN "*.h")

# --- find_package(parcheck) -------------------------------------------------

configure_package_config_file(cmake/parcheck-config.cmake.in
  "${PROJECT_BINARY_DIR}/parcheck-config.cmake"
  INSTALL_DESTINATION "${parcheck_cmake_dir}"
  NO_SET_AND_CHECK_MACRO)
# Before 1.0.0 a new minor version may change the interface.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/parcheck-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/parcheck-config.cmake"
  "${PROJECT_BINARY_DIR}/parcheck-config-version.cmake"
  cmake/FindCsv.cmake
  DESTINATION "${parcheck_cmake_dir}" COMPONENT development)
foreach(kind shared static)
  install(EXPORT parcheck-${kind} NAMESPACE parcheck::
    FILE parcheck-${kind}.cmake
    DESTINATION "${parcheck_cmake_dir}" COMPONENT development)
endforeach()

# --- pkg-config -------------------------------------------------------------

# Written when it is installed: only then is the prefix known for certain
# (cmake --install DIR --prefix P, cpack).
set(parcheck_pc_variables)
foreach(name PROJECT_VERSION PROJECT_DESCRIPTION CMAKE_INSTALL_LIBDIR
        CMAKE_INSTALL_INCLUDEDIR)
  string(APPEND parcheck_pc_variables "set(${name} [==[${${name}}]==])\n")
endforeach()
install(CODE "${parcheck_pc_variables}
set(input [==[${PROJECT_SOURCE_DIR}/cmake/parcheck.pc.in]==])
set(output [==[${PROJECT_BINARY_DIR}/parcheck.pc]==])
include([==[${PROJECT_SOURCE_DIR}/cmake/pkgconfig.cmake]==])"
  COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/parcheck.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)

# --- the command line, tables, documents ------------------------------------

install(TARGETS parcheck RUNTIME COMPONENT tools)
install(DIRECTORY schemas DESTINATION "${CMAKE_INSTALL_DATADIR}/parcheck"
  COMPONENT tools FILES_MATCHING PATTERN "*.csv" PATTERN "*.json")
install(FILES README.md TYPE DOC COMPONENT tools)
if(NOT PARCHECK_DEB) # has them under other names
  install(FILES LICENSE CHANGELOG.md TYPE DOC COMPONENT tools)
endif()
file(GLOB parcheck_documents CONFIGURE_DEPENDS "docs/*.md" "docs/*.json")
install(FILES ${parcheck_documents} DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs"
  COMPONENT tools)
install(DIRECTORY examples TYPE DOC COMPONENT tools
  PATTERN "node_modules" EXCLUDE PATTERN "__pycache__" EXCLUDE)

install(FILES docs/report.schema.json COMPONENT tools
  DESTINATION "${CMAKE_INSTALL_DATADIR}/parcheck")

# --- completions --------------------------------------------------------------

if(PARCHECK_DEB)
  set(zsh_functions vendor-completions)
else()
  set(zsh_functions site-functions)
endif()
install(FILES completions/parcheck.bash RENAME parcheck
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
  COMPONENT tools)
install(FILES completions/_parcheck
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/${zsh_functions}" COMPONENT tools)
install(FILES completions/parcheck.fish
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
  COMPONENT tools)

# The manual pages: cmake/man.cmake.

if(PARCHECK_DEB)
  include(package)
endif()
