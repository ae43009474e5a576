/*
 * Runs a command and tells what it cost. A program of its own because it is
 * small: the peak memory that the system reports of a child is never below
 * that of the process it was forked from.
 *
 * usage: measure OUTPUT COMMAND [ARGUMENT...]
 *
 * Standard output of the command goes to OUTPUT. Prints nanoseconds passed,
 * microseconds of processor time, peak memory in KiB, exit code.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void run(const char *output, char **command)
{
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    if (file >= 0 && dup2(file, STDOUT_FILENO) >= 0) {
        close(file);
        execvp(command[0], command);
    }
    perror(command[0]);
    _exit(127);
}

static long long microseconds(const struct timeval *t)
{
    return t->tv_sec * 1000000LL + t->tv_usec;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    long long begin = now(), end;
    pid_t child;
    int status;

    if (argc < 3) {
        fputs("usage: measure OUTPUT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0)
        run(argv[1], argv + 2);
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("measure");
        return 2;
    }
    end = now();
    printf("%lld %lld %ld %d\n", end - begin,
           microseconds(&usage.ru_utime) + microseconds(&usage.ru_stime),
           usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
    return 0;
}
