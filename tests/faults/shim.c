/* Makes some system calls fail, for tests/faults. FAULT_CALL: fsync, pwrite, rename or open. FAULT_ERRNO: the error. FAULT_WHILE: they fail as long as
   this file exists; else FAULT_AT: from the nth on, FAULT_TIMES in a row. Counts only files below FAULT_UNDER. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long seen;

static int below(const char *path) {
  const char *under = getenv("FAULT_UNDER");
  return under && path && strncmp(path, under, strlen(under)) == 0;
}

static int of_handle(int handle) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return below(path);
}

static int fails(const char *call) {
  const char *wanted = getenv("FAULT_CALL"), *during = getenv("FAULT_WHILE");
  if (!wanted || strcmp(wanted, call) != 0) return 0;
  if (during) {
    if (access(during, F_OK) != 0) return 0;
  } else {
    long at = atol(getenv("FAULT_AT")), times = atol(getenv("FAULT_TIMES"));
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (now < at || now >= at + times) return 0;
  }
  errno = atoi(getenv("FAULT_ERRNO"));
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int handle) { return of_handle(handle) && fails("fsync") ? -1 : REAL(fsync)(handle); }
int fdatasync(int handle) { return of_handle(handle) && fails("fsync") ? -1 : REAL(fdatasync)(handle); }
ssize_t pwrite(int h, const void *b, size_t n, off_t o) { return of_handle(h) && fails("pwrite") ? -1 : REAL(pwrite)(h, b, n, o); }
ssize_t pwrite64(int h, const void *b, size_t n, off64_t o) { return of_handle(h) && fails("pwrite") ? -1 : REAL(pwrite64)(h, b, n, o); }
ssize_t write(int h, const void *b, size_t n) { return of_handle(h) && fails("pwrite") ? -1 : REAL(write)(h, b, n); }
int rename(const char *from, const char *to) { return below(from) && fails("rename") ? -1 : REAL(rename)(from, to); }
int ftruncate64(int h, off64_t n) { return of_handle(h) && fails("pwrite") ? -1 : REAL(ftruncate64)(h, n); }
int ftruncate(int h, off_t n) { return of_handle(h) && fails("pwrite") ? -1 : REAL(ftruncate)(h, n); }

/* The last argument is only there where a file may be made. */
#define OPEN(name)                                                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                                                         \
    va_list rest;                                                                                                                                      \
    va_start(rest, flags);                                                                                                                             \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                                                                            \
    va_end(rest);                                                                                                                                      \
    return below(path) && fails("open") ? -1 : REAL(name)(path, flags, mode);                                                                          \
  }
OPEN(open)
OPEN(open64)
