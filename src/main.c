/* main.c - hands the command line over. */
#include "plumbline/cli.h"

int main(int argc, char **argv)
{
    return pl_cli_run(argc, argv);
}
