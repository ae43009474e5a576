# Run by the install script: writes parcheck.pc from `input` to `output`.
# CMAKE_INSTALL_PREFIX is that of this installation.

foreach(name LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${name}}")
    set(PARCHECK_PC_${name} "${CMAKE_INSTALL_${name}}")
  else()
    set(PARCHECK_PC_${name} "\${prefix}/${CMAKE_INSTALL_${name}}")
  endif()
endforeach()
configure_file("${input}" "${output}" @ONLY)
