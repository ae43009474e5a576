# Warnings for our own targets, and the flags of the instrumented builds.

# parcheck_warnings(TARGET): the warnings of the library and the command line.
function(parcheck_warnings target)
  parcheck_test_warnings(${target})
  target_compile_options(${target} PRIVATE
    -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef)
endfunction()

# parcheck_test_warnings(TARGET): those that the tests keep, too.
function(parcheck_test_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    $<$<BOOL:${PARCHECK_WERROR}>:-Werror>)
endfunction()

if(PARCHECK_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(PARCHECK_TSAN)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

if(PARCHECK_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "PARCHECK_FUZZ needs clang: cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined
                      -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(PARCHECK_COVERAGE)
  # Atomic counters, because the tests run threads.
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
