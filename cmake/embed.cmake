# The schema tables as bytes in the library.
#
# Included from CMakeLists.txt this file defines parcheck_embed_tables(). The
# rule it makes runs the same file as a script (cmake -P), which writes the C.

# parcheck_embed_tables(DIR OUTPUT): OUTPUT, a C file, holds every DIR/*/*.csv.
function(parcheck_embed_tables dir output)
  file(GLOB tables CONFIGURE_DEPENDS "${dir}/*/*.csv")
  # The list is a file of its own, so that a table taken away is noticed, too.
  list(JOIN tables "\n" lines)
  file(CONFIGURE OUTPUT "${output}.list" CONTENT "${lines}\n" @ONLY)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DDIR=${dir}" "-DOUTPUT=${output}"
            -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    DEPENDS ${tables} "${output}.list" "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    COMMENT "Embedding the schema tables"
    VERBATIM)
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  return()
endif()

set(arrays)
set(entries)
set(count 0)
file(GLOB families LIST_DIRECTORIES true RELATIVE "${DIR}" "${DIR}/*")
list(SORT families COMPARE STRING)
foreach(family IN LISTS families)
  file(GLOB tables RELATIVE "${DIR}/${family}" "${DIR}/${family}/*.csv")
  list(SORT tables COMPARE STRING)
  foreach(table IN LISTS tables)
    if(NOT "${family}/${table}" MATCHES "^[a-z0-9_-]+/[a-z0-9_-]+[.]csv$")
      message(FATAL_ERROR "${DIR}/${family}/${table}: folder and file names "
        "of tables are made of a-z, 0-9, - and _")
    endif()
    file(READ "${DIR}/${family}/${table}" hex HEX)
    string(LENGTH "${hex}" size)
    math(EXPR size "${size} / 2")
    if(size EQUAL 0)
      set(bytes "0x00,") # C has no empty arrays; size says that there is none
    else()
      string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
      # Twelve bytes a line, five characters each.
      string(REPEAT "....." 12 line)
      string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
    endif()
    string(APPEND arrays
      "/* ${family}/${table} */\n"
      "static const unsigned char table_${count}[] = {\n${bytes}\n};\n\n")
    string(APPEND entries
      "    {\"${family}\", \"${table}\", table_${count}, ${size}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
endforeach()

file(WRITE "${OUTPUT}" "/* Written by cmake/embed.cmake from schemas/. */

#include \"schema/builtin.h\"

${arrays}const pc_builtin_table pc_builtin_tables[] = {
${entries}    {0, 0, 0, 0}, /* not counted */
};

const size_t pc_builtin_table_count = ${count};
")
