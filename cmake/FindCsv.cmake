# libcsv has no pkg-config file. Defines Csv::Csv. The shared library comes
# first: libcsv is LGPL-2.1-or-later. To link the archive instead, say
# -DCSV_LIBRARY=/path/to/libcsv.a.

find_path(CSV_INCLUDE_DIR csv.h)
find_library(CSV_LIBRARY csv)
mark_as_advanced(CSV_INCLUDE_DIR CSV_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Csv
  REQUIRED_VARS CSV_LIBRARY CSV_INCLUDE_DIR)

if(Csv_FOUND AND NOT TARGET Csv::Csv)
  add_library(Csv::Csv UNKNOWN IMPORTED)
  set_target_properties(Csv::Csv PROPERTIES
    IMPORTED_LOCATION "${CSV_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE_DIR}")
endif()
