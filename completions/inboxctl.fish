# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_inboxctl_global_optspecs
    string join \n database-url= env-file= config= profile= schema= replica= local format= color= no-pager utc spreadsheet q/quiet v/verbose log-format= actor= h/help V/version
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
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -s V -l version -d 'Print version'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "db" -d 'Migrate, seed, check and reset the database'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "contacts" -d 'Find, show, merge and unmerge contacts'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "integrations" -d 'Manage the channels and their credentials'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "keys" -d 'Manage the keys that the credentials are encrypted under'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "messages" -d 'Read threads, find messages, see what is unread and what failed'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "jobs" -d 'List, retry, release and cancel scheduled jobs'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "templates" -d 'List and check templates, and fill one in'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "assignments" -d 'List, set, move and clear who takes care of which contact'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "presence" -d 'See who is there'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "users" -d 'List and manage the users of the inbox'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "doctor" -d 'Check the database and say what fixes it'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "audit" -d 'Read, export and prune the log of who did what'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "retention" -d 'Delete by policy what has grown old, hold what must stay, bring rows back'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "nightly" -d 'Run the steps of a night that the configuration names'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "each" -d 'Run a command for many inboxes of one database, each in a schema of its own'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "maintenance" -d 'See what was cleaned up, and whether it keeps up'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "table-sizes" -d 'Show how large each table is, how it grows, and what could go'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "stats" -d 'Show messages, response times and load over a span of time'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "profile" -d 'List the databases that inboxctl.toml knows by name, and show one'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "ui" -d 'Look at the inbox and its health on a full screen, and act from there'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "config" -d 'See the settings and where they come from'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "local" -d 'Manage the private PostgreSQL that --local uses'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "demo" -d 'Show inboxctl at work on a private database, from nothing'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c inboxctl -n "__fish_inboxctl_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "migrate" -d 'Apply the pending migrations, safely'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "status" -d 'Show each migration and where it stands'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "rollback" -d 'Revert the newest migrations'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "redo" -d 'Revert the newest migrations and apply them again'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "repair" -d 'Bring the migration history in order'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "seed" -d 'Fill the database with sample rows'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "reset" -d 'Drop everything, migrate, and seed if asked'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "environment" -d 'Show or set what this database is for'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "access" -d 'Say who may change the database: users, and roles of the server'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "backup" -d 'Back the database up into a file, and check such files'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "backups" -d 'List the backups'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "restore" -d 'Restore a backup, in place of the database or beside it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "locks" -d 'Show who waits for whom, and how to end it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "space" -d 'Show what fills the disk of the server, and what could go'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "leftovers" -d 'Drop the copies that restores and killed runs left on the server'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "psql" -d 'Open the database with psql'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "check" -d 'Test the connection and what stands behind it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "lint" -d 'Look for what is unsafe in migrations, before they run'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "drift" -d 'Compare the live schema with what the migrations make'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "generate" -d 'Write the schema down: for Prisma, Diesel, as SQL, diagram or data'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "verify" -d 'Look for rows, indexes and credentials that are not sound'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "baseline" -d 'Take over a database that has these tables already'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "adopt" -d 'Make an inbox of the application\'s own database, by a map and with a rehearsal'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status rollback redo repair seed reset environment access backup backups restore locks space leftovers psql check lint drift generate verify baseline adopt wait" -f -a "wait" -d 'Wait until the database accepts connections'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l to -d 'Stop after this migration' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l backup-out -d 'Write that backup to this file, or into this folder; else into backups/' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l encrypt-to -d 'Encrypt that backup to this public key of age; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Accepted as everywhere: migrations that only add ask nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l allow-out-of-order -d 'Apply a migration that is older than one that was applied'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l beside -d 'Make the inbox beside the tables of another program, in the same schema'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l backup -d 'If anything is pending, back the database up first and read the backup through'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l steps -d 'Revert this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l to -d 'Revert every migration after this one; 0 reverts all' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l steps -d 'Redo this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from redo" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l forget -d 'Forget an applied migration that no binary has any more' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from repair" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l size -d 'How much to add' -r -f -a "base\t'Users, templates, integrations and a few conversations'
small\t'Base and 1,000 contacts'
medium\t'Base and 50,000 contacts'
large\t'Base and 1,000,000 contacts'"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l seed -d 'Number that the sample is made from: the same number, the same rows' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l as-of -d 'Date that the sample ends at, instead of today' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l allow-production -d 'Add sample rows to a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -s y -l yes -d 'Don\'t ask before a production database gets them; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from seed" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l force -d 'End other sessions in this database, and drop what inboxctl never made too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Is never enough for a reset: use --confirm-db'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l dry-run -d 'Show what would go and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from environment" -f -a "set" -d 'Mark the database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -f -a "show" -d 'Show whether an actor is required, and the rights of the group roles'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -f -a "require-actor" -d 'Require a known user for every change, or no longer'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from access" -f -a "grant-roles" -d 'Make or repair the group roles inbox_viewer, inbox_editor and inbox_admin'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l out -d 'Write to this file, or into this folder (one that is there, or ends with a slash), or with - to standard output; else into backups/' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l manifest -d 'Where the manifest of a backup goes that is written to standard output' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l encrypt-to -d 'Encrypt to this public key of age; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l lock-wait -d 'Wait this long for a table that somebody holds' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l keep -d 'Keep the newest N backups of this database, and delete what no rule keeps' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l keep-daily -d 'Keep the newest backup of each of the last N days' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l keep-weekly -d 'Keep the newest backup of each of the last N weeks' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l keep-monthly -d 'Keep the newest backup of each of the last N months' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backup" -f -a "verify" -d 'Check that a backup is whole and can be restored'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from backups" -f -a "list" -d 'List the backups in a folder, newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l manifest -d 'The manifest of the backup, where it doesn\'t lie beside it' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l into -d 'Restore into a new database of this name, and leave the live one alone' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l only -d 'Bring back one contact with all that belongs to it (contacts:ID), or the rows of one table (table:NAME), into the live database; what is there already stays' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l identity -d 'File with the secret key of an encrypted backup' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l confirm-db -d 'Name of the live database, instead of typing it at a terminal' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l overwrite -d 'With --only, overwrite rows that differ, too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l no-owner -d 'Leave owners and privileges out, for a server without those roles; not in plain SQL'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l allow-production -d 'Replace a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l force -d 'End other sessions in the live database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l trust-functions -d 'Restore with your own rights what only a superuser may make; the functions in it that run meanwhile have them too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -s y -l yes -d 'With --only, don\'t ask; never enough to replace a database: use --confirm-db'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l dry-run -d 'Check the backup, show what would happen, and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from locks" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from space" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from leftovers" -f -a "drop" -d 'Drop the copies of this database that restores and adoptions kept or killed runs left'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from psql" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l ci -d 'Check pending migrations, history, lint and drift instead: the gate of a pipeline'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from lint" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l ignore -d 'Leave this object out; a * stands for anything' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l privileges -d 'Compare owners and grants too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l fingerprint -d 'Compare with the fingerprint in the binary; make no scratch database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l sql -d 'Print the SQL that fixes it, and nothing else'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from drift" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l like -d 'Write this schema.prisma anew: its models, fields and enums keep their names, on what the application\'s database became; what code must know is said' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l map -d 'The map with what was decided by `db adopt`' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l app-only -d 'Leave out what that file lacks: further tables and columns of the inbox'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l to -d 'Record the migrations up to this version only' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l ignore -d 'Leave this object out of the comparison; a * stands for anything' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l lock-timeout -d 'Give up on a single lock after this long, then try again a few times' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l accept-drift -d 'Record them although the schema differs from what they make'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from baseline" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l map -d 'The map with what was decided' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l out -d 'Write the map to this file, with a line to fill in for what is undecided' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l into -d 'Make the inbox in a new database of this name, and only read this one' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l tenant -d 'Adopt the rows of this tenant alone, of several that share the database' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l confirm-db -d 'Name of the database, instead of typing it at a terminal' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l decrypt-with -d 'Seal credentials under the keyring: COMMAND reads each as it was stored and prints a JSON object' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l lock-wait -d 'Wait this long for those who write to the database to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l plan -l dry-run -d 'Show what would become of it, and change nothing; exits with 3 while anything is undecided'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l allow-production -d 'Replace a production database'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l trust-functions -d 'Let functions of other roles run with your own rights where checks, columns and indexes call them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l abort -d 'Open the database again that a killed run had closed'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l timeout -d 'Give up after this long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand db; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "list" -d 'List contacts, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "search" -d 'Find contacts by phone, e-mail, handle or name'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "show" -d 'Show a contact with its messages, notes and merges'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "export" -d 'Write contacts to a file'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "data" -d 'Write all that is stored of a person into a folder'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "erase" -d 'Erase a person: all that is stored about them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "import" -d 'Add the contacts of a file, or change them, but nobody twice'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "dedupe" -d 'Find contacts that are one person, and merge them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "merge" -d 'Merge contacts into one'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "merges" -d 'List merges, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "unmerge" -d 'Undo a merge, or all of a run'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and not __fish_seen_subcommand_from list search show export data erase import dedupe merge merges unmerge distinct" -f -a "distinct" -d 'Remember that two contacts are not the same'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l channel -d 'Only contacts with messages through this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l since -d 'Only contacts made since: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l assigned -d 'Only contacts that are assigned to this user, by e-mail or id' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l without -d 'Only contacts without any phone, e-mail and handle, or without messages' -r -f -a "identifier\t''
messages\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "name\t''
phone\t''
email\t''
assigned_to_email\t''
last_message_at\t''
created_at\t''
id\t''
updated_at\t''
social_handles\t''
metadata\t''
merged_ids\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l channel -d 'Only contacts with messages through this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l since -d 'Only contacts made since: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l assigned -d 'Only contacts that are assigned to this user, by e-mail or id' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l without -d 'Only contacts without any phone, e-mail and handle, or without messages' -r -f -a "identifier\t''
messages\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l columns -d 'Write these columns, in this order, separated by commas' -r -f -a "id\t''
name\t''
phone\t''
email\t''
social_handles\t''
metadata\t''
created_at\t''
updated_at\t''
identities\t''
assigned_to_email\t''
last_message_at\t''
merged_ids\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -s y -l yes -d 'Don\'t ask before a file is overwritten; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l out -d 'Folder to write to, which is made if it isn\'t there: data.json and a page to read, for their owner alone' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l archive -d 'Look at the rows in archives of this folder too; may be repeated' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l identity -d 'File with the secret key of encrypted archives' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from data" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l reason -d 'Why the contact is erased, which is kept with its ids' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l keep-messages -d 'Keep messages without text and by nobody, so that statistics stay true' -r -f -a "anonymised\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l certificate -d 'Write what was done as JSON, for the file' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l archive -d 'Write the archives of this folder anew that hold rows of the person, without them; may be repeated' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l identity -d 'File with the secret key of encrypted archives; they are encrypted again to the keys that open them and are given here' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from erase" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l map -d 'Take a column for a field, such as Kundennr=metadata.customer, or none to leave it out' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l on-match -d 'Leave a contact that is there already as it is, change it to what the line says, or be asked about lines in doubt' -r -f -a "skip\t''
update\t''
ask\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l phone-region -d 'Take phone numbers without a country to be from this one, such as ES; else INBOXCTL_PHONE_REGION, else keep them as they are' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l undo -d 'Take back what the import of this id added and changed, where nothing was built on it' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l threshold -d 'Show clusters that are at least this probable, from 0 to 1; else what the profile says [default: 0.85]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l max-wrong -d 'Merge only so many of them, the surest first, that no larger share is expected to be wrong; the others are left for a review' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l since -d 'Compare only contacts that changed since, with all that may be the same, by what the last run without --since learned: 1d, 2026-01-31, or an RFC 3339 time' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l review -d 'Merge what is certain, and be asked about the rest at a terminal, one question after another'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l explain -d 'Show the weight of each field for each pair'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from dedupe" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l contact -d 'Only merges that involve this contact' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l run -d 'Only merges of this run of contacts dedupe' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "id\t''
survivor_name\t''
merged_ids\t''
merged_at\t''
undone_at\t''
undo_until\t''
survivor_id\t''
probability\t''
run\t''
actor\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from merges" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l run -d 'Undo all merges of a run of contacts dedupe, the newest first' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from unmerge" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "a_name\t''
b_name\t''
actor\t''
created_at\t''
a_id\t''
b_id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l list -d 'List what is remembered, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l remove -d 'Forget that they are not the same'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand contacts; and __fish_seen_subcommand_from distinct" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "list" -d 'Show each channel, its state and what its credentials are made of'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "show" -d 'Show one channel, its credentials masked'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "set-credentials" -d 'Encrypt and store the credentials of a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "clear-credentials" -d 'Remove the credentials of a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "set-config" -d 'Set what is not secret: addresses, numbers, limits'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "enable" -d 'Let the inbox use a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "disable" -d 'Keep the inbox from using a channel'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "verify" -d 'Test that all credentials open and are complete'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "check-webhook" -d 'Test whether a captured webhook is signed with the secret that is stored'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and not __fish_seen_subcommand_from list show set-credentials clear-credentials set-config enable disable verify check-webhook rotate-keys" -f -a "rotate-keys" -d 'Encrypt all credentials anew under the primary key'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l from-file -d 'Read the JSON object from this file instead of standard input or a prompt' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l provider -d 'Who carries the channel: twilio, meta, smtp_imap, smtp; else as its config or the fields say' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-credentials" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from clear-credentials" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l unset -d 'Key to remove' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from set-config" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l body -d 'File with the body, byte for byte as it came; - reads standard input' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -s H -l header -d 'A header that came with it, as "Name: value"; repeat for each' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l url -d 'The URL that was called, as the sender wrote it; Twilio signs it too' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l secret -d 'Take this field of the credentials for the secret, of an HMAC of the body in any header' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from check-webhook" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l batch-size -d 'Re-encrypt this many rows in one transaction' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand integrations; and __fish_seen_subcommand_from rotate-keys" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "generate" -d 'Make the keyring with its first key'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "list" -d 'List the keys, never the secrets'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "stage" -d 'Add a key that readers may open with, before anything is sealed under it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "promote" -d 'Make a key the one that new credentials are sealed under'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and not __fish_seen_subcommand_from generate list stage promote retire" -f -a "retire" -d 'Remove a key that no credentials need any more'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from stage" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l backups -d 'Look for backups that need the key in this folder; else in the one that is set, else in backups' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand keys; and __fish_seen_subcommand_from retire" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -f -a "show" -d 'Show a message: why it failed, its thread and its jobs'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -f -a "thread" -d 'Show a conversation, the newest messages last'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -f -a "unread" -d 'List inbound messages that nobody has read, or count them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -f -a "search" -d 'Find messages by what is written in them, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and not __fish_seen_subcommand_from show thread unread search failed" -f -a "failed" -d 'List messages that could not be sent, and why'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l since -d 'How far to look back for a provider\'s id: 365d (ago), 2026-03-01, 2026-03-01T12:00:00Z; 30d where what was given is no whole id' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l contact -d 'Everything that this contact and we wrote, in all threads' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l channel -d 'Only messages of this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "created_at\t''
channel\t''
from\t''
status\t''
content\t''
direction\t''
contact_id\t''
contact_name\t''
thread_id\t''
sent_at\t''
read_at\t''
error\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from thread" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l by -d 'Count by contact, by the user that the contact is assigned to, or by channel' -r -f -a "contact\t''
user\t''
channel\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l channel -d 'Only messages of this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "created_at\t''
channel\t''
from\t''
status\t''
content\t''
direction\t''
contact_id\t''
contact_name\t''
thread_id\t''
sent_at\t''
read_at\t''
error\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from unread" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l contact -d 'Only messages of this contact, however old' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l since -d 'How far to look back: 365d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l until -d 'Only messages before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l channel -d 'Only messages of this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "created_at\t''
channel\t''
from\t''
status\t''
content\t''
direction\t''
contact_id\t''
contact_name\t''
thread_id\t''
sent_at\t''
read_at\t''
error\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l channel -d 'Only messages of this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "created_at\t''
channel\t''
contact_name\t''
error\t''
content\t''
contact_id\t''
thread_id\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand messages; and __fish_seen_subcommand_from failed" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "list" -d 'List jobs, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "show" -d 'Show a job with its payload and its last error'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "retry" -d 'Requeue jobs that failed or were cancelled'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "cancel" -d 'Cancel jobs that wait'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "release" -d 'Take jobs from workers that are gone, so that others run them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "reschedule" -d 'Change when waiting jobs run'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "stats" -d 'Count jobs by type and status'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and not __fish_seen_subcommand_from list show retry cancel release reschedule stats cleanup" -f -a "cleanup" -d 'Delete old jobs that failed, completed or were cancelled'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l status -d 'Only jobs with this status' -r -f -a "PENDING\t''
RUNNING\t''
COMPLETED\t''
FAILED\t''
CANCELLED\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l type -d 'Only jobs of this type' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "id\t''
type\t''
status\t''
scheduled_at\t''
attempts\t''
last_error\t''
locked_by\t''
finished_at\t''
created_at\t''
updated_at\t''
payload\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l overdue -d 'Only pending jobs past their scheduled time, the longest waiting first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l type -d 'With --failed: only jobs of this type' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l failed -d 'Retry every job that failed'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l older-than -d 'Only jobs that their worker hasn\'t touched for so long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l type -d 'With --stuck: only jobs of this type' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l stuck -d 'Release every job that is stuck'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l at -d 'Run them at this time: 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l in -d 'Run them after so long: 30m, 2h, 1d' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from reschedule" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l older-than -d 'Delete jobs that ended longer ago than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l status -d 'Delete jobs of this status: failed, completed or cancelled, with its own age if need be, as completed=30d; may be repeated [default: failed]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l archive -d 'Write every row to a verified archive in this folder before it is deleted' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l encrypt-to -d 'Encrypt the archives to this public key of age; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l batch-size -d 'Delete at most this many rows in one transaction; fewer where that takes long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l batch-time -d 'Let one transaction take about this long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l max-rows -d 'Refuse if more rows than this would go [default: half of the table]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l max-runtime -d 'Stop after this long; the next run goes on' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l rate -d 'Delete at most this many rows a second; 0 is no limit' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l max-lag -d 'Pause while a replica is further behind than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l metrics-file -d 'Write the result as a Prometheus text file too' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l vacuum -d 'Run VACUUM (ANALYZE) afterwards on what rows were deleted from'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand jobs; and __fish_seen_subcommand_from cleanup" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -f -a "list" -d 'List templates in the order of their names'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -f -a "show" -d 'Show a template with its text'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and not __fish_seen_subcommand_from list show check" -f -a "check" -d 'Check that declared variables are used and used ones declared, or fill one in'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l channel -d 'Only templates of this channel' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l category -d 'Only templates of this category' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "name\t''
channel\t''
category\t''
variables\t''
is_active\t''
content\t''
updated_at\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l active -d 'Leave out templates that are switched off'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l channel -d 'The one of this channel, where several have the name' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l render -d 'Print the text of this template, by name or id, with its variables filled in' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l var -d 'Value of a variable; say it once for each' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l channel -d 'The one of this channel, where several have the name' -r -f -a "SMS\t''
WHATSAPP\t''
EMAIL\t''
TWITTER\t''
FACEBOOK\t''
INSTAGRAM\t''
LINKEDIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand templates; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -f -a "list" -d 'List assignments, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -f -a "set" -d 'Assign a contact to a user'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -f -a "clear" -d 'Unassign a contact'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and not __fish_seen_subcommand_from list set clear move" -f -a "move" -d 'Give all contacts of a user to another one'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l user -d 'Only contacts of this user, by e-mail or id' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "contact_name\t''
user_email\t''
updated_at\t''
contact_id\t''
user_id\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand assignments; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -f -a "list" -d 'List who was seen when, and which contact each has open'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and not __fish_seen_subcommand_from list sweep" -f -a "sweep" -d 'Set users offline who have not been seen for long'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l status -d 'Only users with this status' -r -f -a "ONLINE\t''
AWAY\t''
OFFLINE\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "user_email\t''
status\t''
last_seen\t''
contact_name\t''
contact_id\t''
user_id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l older-than -d 'Sweep users who were last seen longer ago than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l metrics-file -d 'Write the result as a Prometheus text file too' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand presence; and __fish_seen_subcommand_from sweep" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "list" -d 'List users in the order of their e-mails'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "create" -d 'Add a user'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "set-role" -d 'Give a user another role'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "rename" -d 'Give a user another name'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "deactivate" -d 'Keep a user from working in the inbox; messages and entries stay'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and not __fish_seen_subcommand_from list create set-role rename deactivate activate" -f -a "activate" -d 'Let a deactivated user work again'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l role -d 'Only users with this role' -r -f -a "VIEWER\t''
EDITOR\t''
ADMIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "email\t''
name\t''
role\t''
state\t''
last_seen\t''
created_at\t''
deactivated_at\t''
id\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l active -d 'Leave out users who are deactivated'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l name -d 'Name that others see' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l role -d 'What the user may do' -r -f -a "VIEWER\t''
EDITOR\t''
ADMIN\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from set-role" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand users; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l only -d 'Make these checks only' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l skip -d 'Leave these checks out' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l metrics-file -d 'Write the outcome to this file for Prometheus, at once or not at all' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-transaction -d 'Warn of transactions that work for longer than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-idle -d 'Warn of sessions that sit idle in a transaction for longer than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-blocked -d 'Warn of sessions that wait for a lock for longer than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-running -d 'Take jobs that have been RUNNING for longer than this for stuck' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-overdue -d 'Warn of PENDING jobs that were due longer ago than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l backups -d 'Look for backups in this folder; else in the one that is set, else in backups' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l max-backup-age -d 'Warn if the last backup is older than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l strict -d 'Exit with code 3 for warnings and unknown ones too, not only for failures'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l thorough -d 'Look for orphans in large tables too, however long it takes'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "list" -d 'List entries, the newest first'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "export" -d 'Write all entries into a file'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "prune" -d 'Delete old entries of the audit log'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "close" -d 'Close the days that ended 48 hours ago: what they hold can be proven from then on'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "acknowledge" -d 'Record that you have looked at the entries that came late into a closed day'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and not __fish_seen_subcommand_from list export prune close acknowledge verify" -f -a "verify" -d 'Check that no entry of a closed day was changed, removed or added'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l user -d 'Only what this user did: an e-mail, an id, or os:NAME for a user of the system' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only this action, such as contact.merge' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l resource -d 'Only what was done to this: contacts, or contacts:ID for one of them, and for those whom it was merged into' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only entries from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l until -d 'Only entries before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns, in this order, separated by commas' -r -f -a "created_at\t''
actor\t''
action\t''
resource\t''
resource_id\t''
details\t''
user_id\t''
id\t''
recorded_by\t''
recorded_from\t''
recorded_at\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s f -l follow -d 'Go on with entries as they are written, until interrupted'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l out -d 'File to write, for its owner alone' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l as -d 'Write an object a line, or comma-separated values' -r -f -a "jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l user -d 'Only what this user did: an e-mail, an id, or os:NAME for a user of the system' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l action -d 'Only this action, such as contact.merge' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l resource -d 'Only what was done to this: contacts, or contacts:ID for one of them, and for those whom it was merged into' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l since -d 'Only entries from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l until -d 'Only entries before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s y -l yes -d 'Don\'t ask before a file is overwritten; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l older-than -d 'Delete entries older than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l before -d 'Delete entries from before this date (midnight UTC) or RFC 3339 time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l action -d 'Only entries of this action, such as session.login; may be repeated' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l resource -d 'Only entries about this resource, such as messages; may be repeated' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l archive -d 'Write every row to a verified archive in this folder before it is deleted' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l encrypt-to -d 'Encrypt the archives to this public key of age; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l batch-size -d 'Delete at most this many rows in one transaction; fewer where that takes long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l batch-time -d 'Let one transaction take about this long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l max-rows -d 'Refuse if more rows than this would go [default: half of the table]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l max-runtime -d 'Stop after this long; the next run goes on' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l rate -d 'Delete at most this many rows a second; 0 is no limit' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l max-lag -d 'Pause while a replica is further behind than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l metrics-file -d 'Write the result as a Prometheus text file too' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l vacuum -d 'Run VACUUM (ANALYZE) afterwards on what rows were deleted from'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l metrics-file -d 'Write the head and what was closed as a Prometheus text file too' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l reason -d 'What was found out about them' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from acknowledge" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l archive -d 'Look at the entries in archives of this folder too; may be repeated' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against -d 'Compare with the heads in this file: of audit_head_file, of metrics, or a manifest; may be repeated' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l backup -d 'Compare with the entries and the head in this backup; may be repeated' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l identity -d 'File with the secret key of encrypted archives and backups' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -f -a "plan" -d 'Show what the policies of inboxctl.toml would delete'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -f -a "run" -d 'Delete what the policies of inboxctl.toml say'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -f -a "holds" -d 'Keep rows from being deleted, whatever their age'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -f -a "verify" -d 'Check that archives are complete and undamaged'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and not __fish_seen_subcommand_from plan run holds verify restore" -f -a "restore" -d 'Bring archived rows back'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l only -d 'Only the policy of this name; may be repeated' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l only -d 'Only the policy of this name; may be repeated' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l archive -d 'Write every row to a verified archive in this folder before it is deleted' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l encrypt-to -d 'Encrypt the archives to this public key of age; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l batch-size -d 'Delete at most this many rows in one transaction; fewer where that takes long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l batch-time -d 'Let one transaction take about this long' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l max-rows -d 'Refuse if more rows than this would go [default: half of the table]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l max-runtime -d 'Stop after this long; the next run goes on' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l rate -d 'Delete at most this many rows a second; 0 is no limit' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l max-lag -d 'Pause while a replica is further behind than this' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l metrics-file -d 'Write the result as a Prometheus text file too' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l vacuum -d 'Run VACUUM (ANALYZE) afterwards on what rows were deleted from'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -f -a "add" -d 'Keep the rows of a contact, a user, an action or a resource'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -f -a "list" -d 'List the holds that are in force'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from holds" -f -a "release" -d 'End a hold: its rows may be deleted again'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l identity -d 'File with the secret key of encrypted archives' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l identity -d 'File with the secret key of an encrypted archive' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l batch-size -d 'Restore this many rows in one transaction' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l unknown-archive -d 'Restore an archive that no run of this database recorded'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Don\'t ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l dry-run -d 'Show what would happen and change nothing'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand retention; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l metrics-file -d 'Write how each step ended to this file for Prometheus, at once or not at all' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l lock-wait -d 'Wait this long for another run to finish' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l plan -l dry-run -d 'Show the steps, and when each was last done; run none'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -s y -l yes -d 'Don\'t ask, and let no step ask; for scripts'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand nightly" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l schemas -d 'Run it for each schema of this name, where * stands for any letters' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l jobs -d 'Run so many at once, with a connection or more each' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l first -d 'Begin with this schema, and end there if it fails; give it again for another' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l stop-after -d 'Begin no other once so many have failed' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand each" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and not __fish_seen_subcommand_from log" -f -a "log" -d 'List the runs that deleted by age, and what falls behind'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l limit -d 'Show at most this many runs' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l since -d 'Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l until -d 'Only what was made before this time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand maintenance; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l sort -d 'Put the largest of this first' -r -f -a "total\t''
heap\t''
index\t''
toast\t''
rows\t''
dead\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l since -d 'Show the growth since the snapshot of this time: 7d, 2026-01-31, or an RFC 3339 time' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l limit -d 'Show at most this many' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l snapshot -d 'Record the sizes, for later runs to tell the growth from'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l exact -d 'Count all rows instead of estimating them; reads every table'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l partitions -d 'Show each partition on its own'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l indexes -d 'Show indexes instead: size, use, and what is wrong with them'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand table-sizes" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l since -d 'Begin with the day, week or month of this time: 30d, 2026-01-31, or an RFC 3339 time; with its hour where it is less than two days ago' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l by -d 'Group the messages by this' -r -f -a "hour\t''
day\t''
week\t''
month\t''
channel\t''
contact\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l limit -d 'Show at most this many contacts, with --by contact' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l time-zone -d 'Let days begin at midnight there: Europe/Madrid, UTC' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand stats" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List the profiles, and which one is in use'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show what a profile sets, and where'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l read-only -d 'Offer nothing that changes anything'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand ui" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and not __fish_seen_subcommand_from show" -f -a "show" -d 'Show every setting, where it comes from, and what is wrong in which line'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'Print the result as tables to read, one JSON document, JSON lines, or CSV' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Colour the output; auto: on a terminal, unless NO_COLOR is set' -r -f -a "auto\t''
always\t''
never\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l log-format -d 'Log as lines of text or of JSON' -r -f -a "text\t''
json\t''"
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l actor -d 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system\'s user' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that inboxctl runs on this machine'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "start" -d 'Start it, creating it the first time'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "stop" -d 'Stop it; its data is kept'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "status" -d 'Show what it is doing and where its files are'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "url" -d 'Print the URL to connect with'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "psql" -d 'Open psql in it'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url psql destroy" -f -a "destroy" -d 'Remove it with all its data'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from url" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from psql" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand demo" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l database-url -d 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l env-file -d 'Read settings from this file instead of .env.local and .env' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l config -d 'Read settings and policies from this file instead of the inboxctl.toml of this folder, of ~/.config/inboxctl and of /etc/inboxctl' -r -F
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l profile -d 'Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l schema -d 'Take the inbox to be in this schema, whatever the URL says [default: public]' -r
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l replica -d 'Read from this standby what reads much: stats, exports, verification, backups' -r
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
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l no-pager -d 'Let tables that are longer than the screen run by, instead of showing them in INBOXCTL_PAGER, PAGER or less'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l utc -d 'Show times in tables in UTC, not in the zone of TZ or of the system'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -l spreadsheet -d 'Put an apostrophe before what a spreadsheet would run as a formula, in CSV'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s q -l quiet -d 'Print the result and errors only'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s v -l verbose -d 'Log what is done; -vv logs every statement too'
complete -c inboxctl -n "__fish_inboxctl_using_subcommand man" -s h -l help -d 'Print help'
