# The manual pages, written by scripts/man.py: parcheck.3 from the comments of
# the public header, parcheck.1 from docs/man/parcheck.1.in and what the built
# command says to --help. Without Python 3 there are none, and when the command
# cannot run here there is no parcheck.1.

set(parcheck_man_date 2026-11-27) # of the last change that is worth a date
set(parcheck_man_dir "${PROJECT_BINARY_DIR}/man")
set(parcheck_man_script "${PROJECT_SOURCE_DIR}/scripts/man.py")

find_package(Python3 QUIET COMPONENTS Interpreter)
if(NOT Python3_Interpreter_FOUND)
  message(STATUS "No manual pages: there is no Python 3")
  return()
endif()

# parcheck_man_page(SECTION COMPONENT DEPENDENCY OPTION...)
function(parcheck_man_page section component dependency)
  set(page "${parcheck_man_dir}/parcheck.${section}")
  add_custom_command(OUTPUT "${page}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${parcheck_man_dir}"
    COMMAND "${CMAKE_COMMAND}" -E env PYTHONDONTWRITEBYTECODE=1
      "${Python3_EXECUTABLE}" "${parcheck_man_script}" ${section}
      --version "${PROJECT_VERSION}" --date "${parcheck_man_date}"
      ${ARGN} -o "${page}"
    DEPENDS "${dependency}" "${parcheck_man_script}"
    VERBATIM)
  add_custom_target(man${section} ALL DEPENDS "${page}")
  install(FILES "${page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}"
    COMPONENT ${component})
endfunction()

set(header "${PROJECT_SOURCE_DIR}/include/parcheck/parcheck.h")
parcheck_man_page(3 development "${header}" --header "${header}")
if(NOT CMAKE_CROSSCOMPILING AND NOT PARCHECK_FUZZ)
  set(template "${PROJECT_SOURCE_DIR}/docs/man/parcheck.1.in")
  parcheck_man_page(1 tools parcheck
    --parcheck "$<TARGET_FILE:parcheck>" --template "${template}")
  add_custom_command(OUTPUT "${parcheck_man_dir}/parcheck.1" APPEND
    DEPENDS "${template}")
endif()
