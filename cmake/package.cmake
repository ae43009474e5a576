# Debian packages by cpack: `cmake --preset deb`, build, `cpack` there.
# scripts/package-check.sh does it all and tries them out.
#
#   parcheck           the command line, tables, documents, completions
#   libparcheckSO      the shared library
#   libparcheck-dev    what compiles and links with it
#
# Included by cmake/install.cmake.

set(parcheck_lib_package "libparcheck${parcheck_soversion}")
set(parcheck_maintainer "parcheck maintainers <maintainers@parcheck.org>")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME parcheck)
set(CPACK_PACKAGE_VENDOR parcheck)
set(CPACK_PACKAGE_CONTACT "${parcheck_maintainer}")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_COMPONENTS_ALL runtime development tools)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_SET_DESTDIR ON) # parcheck.pc names the prefix
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS OFF) # see below
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME "${parcheck_lib_package}")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
  "library that checks public administration reform statistics
It holds the numbers of administrative reform reports against their forms:
totals against parts, percentages against what they come from, forms against
each other.

This package has the shared library.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libparcheck-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${parcheck_lib_package} (= ${PROJECT_VERSION}), libcsv-dev, libutf8proc-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
  "library that checks administration statistics - development files
It holds the numbers of administrative reform reports against their forms:
totals against parts, percentages against what they come from, forms against
each other.

This package has the header, the static library and what CMake and pkg-config
need to find them.")
set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME parcheck)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_TOOLS_PACKAGE_RECOMMENDS libxlsxwriter4)
set(CPACK_COMPONENT_TOOLS_DESCRIPTION
  "check public administration reform statistics
It holds the numbers of administrative reform reports (CSV files) against
their forms: totals against parts, percentages against what they come from,
forms against each other, a district against its communes. It says which cell
is wrong, by which rule, in Vietnamese or English.

This package has the command line.")

# --- what Debian wants beside the files ----------------------------------------

find_program(PARCHECK_GZIP gzip REQUIRED)
mark_as_advanced(PARCHECK_GZIP)

# A trigger calls ldconfig once for all packages that are installed together.
# CPack writes scripts that call it as well, which cannot be turned off and does
# no harm.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/debian/overrides"
  CONTENT "${parcheck_lib_package}: maintscript-calls-ldconfig *\n")
install(FILES "${PROJECT_BINARY_DIR}/debian/overrides"
  RENAME "${parcheck_lib_package}"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" COMPONENT runtime)
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/debian/triggers"
  CONTENT "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA
  "${PROJECT_BINARY_DIR}/debian/triggers")
set(parcheck_shlibs "${PROJECT_BINARY_DIR}/debian/shlibs")
file(CONFIGURE OUTPUT "${parcheck_shlibs}" CONTENT
  "libparcheck ${parcheck_soversion} ${parcheck_lib_package} (>= ${PROJECT_VERSION})\n")
list(APPEND CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA "${parcheck_shlibs}")

# Day and time of the release, as the changelog of Debian has it.
set(parcheck_release_date "Fri, 27 Nov 2026 00:00:00 +0000")

file(READ LICENSE license)
string(REGEX MATCH "Copyright[^\n]*" copyright "${license}")
string(REGEX REPLACE "^Copyright (\\([cC]\\) )?" "" copyright "${copyright}")
string(REGEX REPLACE "^.*(Permission is hereby)" "\\1" license "${license}")
string(REGEX REPLACE "\n+$" "" license "${license}")
string(REPLACE "\n\n" "\n.\n" license "${license}")
string(REPLACE "\n" "\n " license "${license}")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/debian/copyright" @ONLY CONTENT
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: parcheck

Files: *
Copyright: 2026 @copyright@
License: Expat

License: Expat
 @license@
")
foreach(pair runtime:${parcheck_lib_package} development:libparcheck-dev
        tools:parcheck)
  string(REGEX REPLACE ":.*" "" component "${pair}")
  string(REGEX REPLACE ".*:" "" package "${pair}")
  set(changelog "${PROJECT_BINARY_DIR}/debian/${package}/changelog")
  file(CONFIGURE OUTPUT "${changelog}" @ONLY CONTENT
"parcheck (@PROJECT_VERSION@) unstable; urgency=medium

  * Release @PROJECT_VERSION@.

 -- @parcheck_maintainer@  @parcheck_release_date@
")
  execute_process(COMMAND "${PARCHECK_GZIP}" -9nfk "${changelog}"
    COMMAND_ERROR_IS_FATAL ANY)
  install(FILES "${PROJECT_BINARY_DIR}/debian/copyright" "${changelog}.gz"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${package}"
    COMPONENT ${component})
endforeach()

foreach(section 1 3)
  if(section EQUAL 1)
    set(component tools)
  else()
    set(component development)
  endif()
  install(CODE "
file(GLOB pages \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_MANDIR}/man${section}/*.${section}\")
if(pages)
  execute_process(COMMAND \"${PARCHECK_GZIP}\" -9nf \${pages}
    COMMAND_ERROR_IS_FATAL ANY)
endif()" COMPONENT ${component})
endforeach()

include(CPack)
