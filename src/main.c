/* main.c - hands the command line over, and ends.
 *
 * What forty libraries would tidy up at their end the kernel takes back faster, and nobody waits for a thread that still resolves a name. Under a
 * sanitizer they do tidy up, so that what is lost shows.
 */
#include <stdio.h>
#include <unistd.h>

#include "plumbline/cli.h"

#ifdef __has_feature /* clang's */
#if __has_feature(address_sanitizer)
#define TIDY_UP 1
#endif
#endif

int main(int argc, char **argv)
{
    int status = pl_cli_run(argc, argv);

#if defined(__SANITIZE_ADDRESS__) || defined(TIDY_UP)
    return status;
#else
    (void)fflush(NULL);
    _exit(status);
#endif
}
