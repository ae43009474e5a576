/* usage: fuzz_NAME FOLDER...
 * Runs the fuzz target over every file of the folders, without libFuzzer, so
 * that the corpus is part of the tests. Fails if there is no file. */

#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of the file, in a block of exactly that size. */
static uint8_t *read_file(const char *path, size_t size)
{
    uint8_t *data = malloc(size > 0 ? size : 1);
    FILE *file = fopen(path, "rb");
    if (data == NULL || file == NULL || fread(data, 1, size, file) != size) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    return data;
}

/* How many files it ran: 0 or 1, because a folder is none. */
static int run_file(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return 0;
    }
    size_t size = (size_t)status.st_size;
    uint8_t *data = read_file(path, size);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static int run_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    int ran = 0;
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", folder,
                              entry->d_name);
        if (length < 0 || (size_t)length >= sizeof path) {
            fprintf(stderr, "%s: the path is too long\n", folder);
            exit(EXIT_FAILURE);
        }
        ran += run_file(path);
    }
    closedir(dir);
    return ran;
}

int main(int argc, char **argv)
{
    int ran = 0;
    for (int i = 1; i < argc; i++) {
        ran += run_folder(argv[i]);
    }
    printf("%d inputs\n", ran);
    return ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
