/* completion.c - completion for bash, from the tables of commands, options and formats
 * (https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html).
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"

/* Options whose words are few: what follows them. The rest takes files. */
static void print_values(void)
{
    printf("    -o|--output)\n        words='");
    for (size_t i = 0; i < pl_report_writers_len; i++)
        printf("%s%s", i ? " " : "", pl_report_writers[i].name);
    printf("' ;;\n    --fail-on) words='");
    for (size_t i = 0; pl_severity_names[i]; i++)
        printf("%s%s", i ? " " : "", pl_severity_names[i]);
    printf("' ;;\n    --via) words='");
    for (size_t i = 1; pl_via_names[i]; i++)
        printf("%s%s", i > 1 ? " " : "", pl_via_names[i]);
    puts("' ;;\n    --color) words='auto always never' ;;\n    --vantage) words='any here' ;;");
}

static void print_options_of(const struct pl_command *c)
{
    struct pl_option_words o;
    printf("    %s) options='", c->name);
    for (size_t i = 0, n = 0; pl_option_at(i, &o); i++)
        if (o.commands & c->bit)
            printf("%s--%s", n++ ? " " : "", o.name);
    puts("' ;;");
}

/* All that the option before takes, so that its value is no command. */
static void print_takers(void)
{
    struct pl_option_words o;
    fputs("    takers='", stdout);
    for (size_t i = 0, n = 0; pl_option_at(i, &o); i++)
        if (o.arg)
            printf("%s--%s", n++ ? " " : "", o.name);
    for (size_t i = 0; pl_option_at(i, &o); i++)
        if (o.arg && o.letter)
            printf(" -%c", o.letter);
    puts("'");
}

void pl_print_completion(void)
{
    puts("# bash completion for plumbline: source <(plumbline list completion)\n"
         "_plumbline() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local words='' options='' takers\n"
         "    COMPREPLY=()");
    print_takers();
    fputs("    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W '--help --version",
          stdout);
    for (size_t i = 0; i < pl_commands_len; i++)
        printf(" %s", pl_commands[i].name);
    puts("' -- \"$word\")\n        return\n    fi\n    case $before in");
    print_values();
    puts("    esac\n"
         "    if [ -n \"$words\" ]; then\n"
         "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "        return\n"
         "    fi\n"
         "    case \" $takers \" in\n"
         "    *\" $before \"*)\n"
         "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "        return ;;\n"
         "    esac\n"
         "    case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < pl_commands_len; i++)
        if (pl_commands[i].run)
            print_options_of(&pl_commands[i]);
    puts("    esac\n"
         "    case ${COMP_WORDS[1]}:$word in\n"
         "    *:-*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;");
    fputs("    list:*) mapfile -t COMPREPLY < <(compgen -W '", stdout);
    pl_list_names();
    puts("' -- \"$word\") ;;\n"
         "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n"
         "    esac\n"
         "}\n"
         "complete -o filenames -F _plumbline plumbline");
}
