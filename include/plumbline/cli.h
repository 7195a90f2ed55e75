/* plumbline/cli.h [floor 6: src/cli] - command line to exit status; the only place that wires the floors together.
 */
#ifndef PLUMBLINE_CLI_H
#define PLUMBLINE_CLI_H

/* PL_VERSION comes from the Makefile: one place says it. */
#ifndef PL_VERSION
#define PL_VERSION "unversioned"
#endif

/* Runs a command line; returns the exit status of section 4 of the contract. */
int pl_cli_run(int argc, char **argv);

#endif
