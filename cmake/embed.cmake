# The schema tables as bytes in the library, and the digests of the editions.
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

# parcheck_digest_tables(TABLES OUTPUT): OUTPUT, a C file, holds the digests of
# the editions in TABLES, which parcheck_embed_tables() wrote. They are computed
# by the code that computes those of other tables. Where a program that was just
# built cannot run there are none, and the library computes them itself.
function(parcheck_digest_tables tables output)
  if(CMAKE_CROSSCOMPILING OR PARCHECK_FUZZ)
    file(STRINGS "${tables}.list" names)
    list(LENGTH names count)
    file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT
"#include \"schema/builtin.h\"

const char *const pc_builtin_digests[@count@] = {0};
")
    return()
  endif()
  add_executable(parcheck_digests "${tables}"
    "${PROJECT_SOURCE_DIR}/cmake/digests.c"
    "${PROJECT_SOURCE_DIR}/lib/schema/digest.c"
    "${PROJECT_SOURCE_DIR}/lib/base/sha256.c")
  parcheck_warnings(parcheck_digests)
  target_include_directories(parcheck_digests PRIVATE
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/lib")
  target_compile_definitions(parcheck_digests PRIVATE PARCHECK_STATIC)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND parcheck_digests "${output}"
    DEPENDS parcheck_digests
    COMMENT "Computing the digests of the editions"
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

${arrays}const parcheck_table pc_builtin_tables[] = {
${entries}    {0, 0, 0, 0}, /* not counted */
};

const size_t pc_builtin_table_count = ${count};
")
