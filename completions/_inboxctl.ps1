
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'inboxctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'inboxctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'inboxctl' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Migrate, seed, check and reset the database')
            [CompletionResult]::new('table-sizes', 'table-sizes', [CompletionResultType]::ParameterValue, 'Show how large each table is')
            [CompletionResult]::new('local', 'local', [CompletionResultType]::ParameterValue, 'Manage the private PostgreSQL that --local uses')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show inboxctl at work on a private database, from nothing')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the man pages into a folder')
            break
        }
        'inboxctl;db' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Apply the pending migrations, safely')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show each migration and where it stands')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Revert the newest migrations')
            [CompletionResult]::new('redo', 'redo', [CompletionResultType]::ParameterValue, 'Revert the newest migrations and apply them again')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Bring the migration history in order')
            [CompletionResult]::new('seed', 'seed', [CompletionResultType]::ParameterValue, 'Fill the database with sample rows')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Drop everything, migrate, and seed if asked')
            [CompletionResult]::new('environment', 'environment', [CompletionResultType]::ParameterValue, 'Show or set what this database is for')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Test the connection and what stands behind it')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Wait until the database accepts connections')
            break
        }
        'inboxctl;db;migrate' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Stop after this migration')
            [CompletionResult]::new('--lock-wait', '--lock-wait', [CompletionResultType]::ParameterName, 'Wait this long for another run to finish')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up on a single lock after this long, then try again a few times')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the SQL that would run, and write nothing')
            [CompletionResult]::new('--allow-out-of-order', '--allow-out-of-order', [CompletionResultType]::ParameterName, 'Apply a migration that is older than one that was applied')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;status' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Exit with code 3 if anything is pending, failed, edited, missing or out of order')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;rollback' {
            [CompletionResult]::new('--steps', '--steps', [CompletionResultType]::ParameterName, 'Revert this many')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Revert every migration after this one; 0 reverts all')
            [CompletionResult]::new('--lock-wait', '--lock-wait', [CompletionResultType]::ParameterName, 'Wait this long for another run to finish')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up on a single lock after this long, then try again a few times')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--allow-production', '--allow-production', [CompletionResultType]::ParameterName, 'Drop tables with rows in a production database')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;redo' {
            [CompletionResult]::new('--steps', '--steps', [CompletionResultType]::ParameterName, 'Redo this many')
            [CompletionResult]::new('--lock-wait', '--lock-wait', [CompletionResultType]::ParameterName, 'Wait this long for another run to finish')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up on a single lock after this long, then try again a few times')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--allow-production', '--allow-production', [CompletionResultType]::ParameterName, 'Drop tables with rows in a production database')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;repair' {
            [CompletionResult]::new('--forget', '--forget', [CompletionResultType]::ParameterName, 'Forget an applied migration that no binary has any more')
            [CompletionResult]::new('--lock-wait', '--lock-wait', [CompletionResultType]::ParameterName, 'Wait this long for another run to finish')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up on a single lock after this long, then try again a few times')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;seed' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'How much to add')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Number that the sample is made from: the same number, the same rows')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'Date that the sample ends at, instead of today')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--allow-existing', '--allow-existing', [CompletionResultType]::ParameterName, 'Add a sized profile to a database that holds other contacts')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inboxctl;db;reset' {
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed afterwards with this profile')
            [CompletionResult]::new('--confirm-db', '--confirm-db', [CompletionResultType]::ParameterName, 'Name of the database, instead of typing it at a terminal')
            [CompletionResult]::new('--lock-wait', '--lock-wait', [CompletionResultType]::ParameterName, 'Wait this long for another run to finish')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up on a single lock after this long, then try again a few times')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--allow-production', '--allow-production', [CompletionResultType]::ParameterName, 'Reset a production database')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'End other sessions in this database')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Is never enough for a reset: use --confirm-db')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Is never enough for a reset: use --confirm-db')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would go and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inboxctl;db;environment' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Mark the database')
            break
        }
        'inboxctl;db;environment;set' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;check' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;db;wait' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;table-sizes' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start it, creating it the first time')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop it; its data stay')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what it is doing and where its files are')
            [CompletionResult]::new('url', 'url', [CompletionResultType]::ParameterValue, 'Print the URL to connect with')
            [CompletionResult]::new('psql', 'psql', [CompletionResultType]::ParameterValue, 'Open psql in it')
            [CompletionResult]::new('destroy', 'destroy', [CompletionResultType]::ParameterValue, 'Remove it with all its data')
            break
        }
        'inboxctl;local;start' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local;stop' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local;status' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local;url' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local;psql' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;local;destroy' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask; for scripts')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen and change nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;demo' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;completions' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inboxctl;man' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Connect to this database; else DATABASE_URL from the environment, .env.local or .env')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Read settings from this file instead of .env.local and .env')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print the result as tables to read, one JSON document, JSON lines, or CSV')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output; auto: on a terminal, unless NO_COLOR is set')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'Log as lines of text or of JSON')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system''s user')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that inboxctl runs on this machine')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the result and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done; -vv logs every statement too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
