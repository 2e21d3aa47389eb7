# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_inboxctl_global_optspecs
    string join \n database-url= env-file= local format= color= q/quiet v/verbose log-format= actor= h/help V/version
end

function __fish_inboxctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_inboxctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_inboxctl_using_subcommand
    set -l cmd (__fish_inboxctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c inboxctl -n "__fish_inboxctl_needs_command" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s V -l version -d 'Print version'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "db" -d 'Migrate, seed, check and reset the database'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "contacts" -d 'Find, show, merge and unmerge contacts'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "integrations" -d 'Manage the channels and their credentials'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "keys" -d 'Manage the keys that the credentials are encrypted under'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "table-sizes" -d 'Show how large each table is'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "local" -d 'Manage the private PostgreSQL that --local uses'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "demo" -d 'Show inboxctl at work on a private database, from nothing'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "migrate" -d 'Apply the pending migrations, safely'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "status" -d 'Show each migration and where it stands'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "rollback" -d 'Revert the newest migrations'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "redo" -d 'Revert the newest migrations and apply them again'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "repair" -d 'Bring the migration history in order'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "seed" -d 'Fill the database with sample rows'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "reset" -d 'Drop everything, migrate, and seed if asked'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "environment" -d 'Show or set what this database is for'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "check" -d 'Test the connection and what stands behind it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment check wait" -f -a "wait" -d 'Wait until the database accepts connections'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l to -d 'Stop after this migration' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l dry-run -d 'Print the SQL that would run, and write nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l allow-out-of-order -d 'Apply a migration that is older than one that was applied'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l check -d 'Exit with code 3 if anything is pending, failed, edited, missing or out of order'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l steps -d 'Revert this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l to -d 'Revert every migration after this one; 0 reverts all' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l allow-production -d 'Drop tables with rows in a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l steps -d 'Redo this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l allow-production -d 'Drop tables with rows in a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l forget -d 'Forget an applied migration that no binary has any more' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l profile -d 'How much to add' -r -f -a "base\t'Users, templates, integrations and a few conversations'
small\t'Base and 1,000 contacts'
medium\t'Base and 50,000 contacts'
large\t'Base and 1,000,000 contacts'"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l seed -d 'Number that the sample is made from: the same number, the same rows' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l as-of -d 'Date that the sample ends at, instead of today' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l allow-existing -d 'Add a sized profile to a database that holds other contacts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l seed -d 'Seed afterwards with this profile' -r -f -a "base\t'Users, templates, integrations and a few conversations'
small\t'Base and 1,000 contacts'
medium\t'Base and 50,000 contacts'
large\t'Base and 1,000,000 contacts'"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l confirm-db -d 'Name of the database, instead of typing it at a terminal' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l allow-production -d 'Reset a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l force -d 'End other sessions in this database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Is never enough for a reset: use --confirm-db'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l dry-run -d 'Show what would go and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -f -a "set" -d 'Mark the database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l timeout -d 'Give up after this long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "search" -d 'Find contacts by phone, e-mail, handle or name'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "show" -d 'Show a contact and what hangs on it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "dedupe" -d 'Find contacts that are one person, and merge them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "merge" -d 'Merge contacts into one'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "merges" -d 'List merges, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "unmerge" -d 'Take a merge back'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from search show dedupe merge merges unmerge distinct" -f -a "distinct" -d 'Remember that two contacts are not the same'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l threshold -d 'Merge clusters that are at least this probable, from 0 to 1' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l since -d 'Compare only contacts that changed since, with all: 1d, 2026-01-31, or an RFC 3339 time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l limit -d 'Show at most this many clusters; tables show 20 unless told otherwise' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l export -d 'Write id,cluster for every contact in a cluster' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l max-merges -d 'Refuse if more contacts than this would be merged away [default: a quarter of the table]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l prefer -d 'Which contact of a cluster survives' -r -f -a "complete\t''
active\t''
oldest\t''
newest\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l phone-region -d 'Take phone numbers without a country to be from this one, such as ES; else INBOXCTL_PHONE_REGION, else compare them by their last digits' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l review -d 'Go through the doubtful clusters one by one at a terminal'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l explain -d 'Show the weight of each field for each pair'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l contact -d 'Only merges that this contact survived or went in' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "list" -d 'Show each channel, its state and what its credentials are made of'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "show" -d 'Show one channel, its credentials masked'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "set-credentials" -d 'Encrypt and store the credentials of a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "clear-credentials" -d 'Remove the credentials of a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "set-config" -d 'Set what is no secret: addresses, numbers, limits'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "enable" -d 'Let the inbox use a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "disable" -d 'Keep the inbox from using a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "verify" -d 'Test that all credentials open and are complete'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify rotate-keys" -f -a "rotate-keys" -d 'Encrypt all credentials anew under the primary key'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l reveal -d 'Show the secrets in full and write that into the audit log'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s y -l yes -d 'Don\'t ask before revealing where no terminal is'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l from-file -d 'Read the JSON object from this file instead of standard input or a prompt' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l provider -d 'Who carries the channel: twilio, meta, smtp_imap, smtp; else as its config or the fields say' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l merge -d 'Change the given fields and keep the others'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l allow-unknown-fields -d 'Store fields that the provider is not known to have'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l unset -d 'Key to remove' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l batch-size -d 'Re-encrypt this many rows in one transaction' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "generate" -d 'Make the keyring with its first key'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "list" -d 'Show the keys, but for the keys themselves'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "stage" -d 'Add a key that readers may open with, before anything is sealed under it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "promote" -d 'Make a key the one that new credentials are sealed under'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "retire" -d 'Remove a key that no credentials need any more'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l passphrase -d 'Lock the keyring with a passphrase: INBOXCTL_KEYRING_PASSPHRASE, or asked for'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "start" -d 'Start it, creating it the first time'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "stop" -d 'Stop it; its data stay'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "status" -d 'Show what it is doing and where its files are'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "url" -d 'Print the URL to connect with'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "psql" -d 'Open psql in it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "destroy" -d 'Remove it with all its data'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s h -l help -d 'Print help'
