//! What a server, a proxy or libpq says, and what it means: every decision on the text of a
//! message is made here.
//!
//! Diesel hands on no SQLSTATE but for a few conditions, so the others are known by their words.
//! `lc_messages` is C wherever the role may set it. Where it may not, messages come in the
//! server's language: the words stand here for each language that PostgreSQL is translated into.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

/// The conditions that inboxctl tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    LockTimeout,
    Deadlock,
    Serialization,
    StatementTimeout,
    ConnectionLost,
    /// A replica had to remove what a query was reading.
    RecoveryConflict,
    DiskFull,
    ReadOnly,
    PermissionDenied,
    /// A policy hides rows, and the session asked to see all of them.
    RowSecurity,
    UndefinedTable,
    /// A relation that the catalogue still knew went while a statement looked at it.
    DroppedMeanwhile,
    /// A function or column: the schema is older than the program.
    UndefinedPart,
    DatabaseInUse,
    /// A pooler that gives a session away after each statement.
    StatementPooling,
    /// At connecting, from here on.
    NotReady,
    TooManyConnections,
    NoSuchDatabase,
    NoSuchRole,
    /// No user was named, and the system has no name for who runs this.
    NoUserName,
    WrongPassword,
    NotAdmitted,
    Encryption,
    UnknownHost,
    Unreachable,
    /// The connection ended before there was a session.
    ClosedEarly,
    /// The database is closed to everybody.
    DatabaseClosed,
    /// A proxy hands on no settings of a startup packet.
    OptionsRefused,
    Other,
}

use Condition::{
    ClosedEarly, ConnectionLost, DatabaseClosed, DatabaseInUse, Deadlock, DiskFull,
    DroppedMeanwhile, Encryption, LockTimeout, NoSuchDatabase, NoSuchRole, NoUserName, NotAdmitted,
    NotReady, OptionsRefused, Other, PermissionDenied, ReadOnly, RecoveryConflict, RowSecurity,
    Serialization, StatementPooling, StatementTimeout, TooManyConnections, UndefinedPart,
    UndefinedTable, UnknownHost, Unreachable, WrongPassword,
};

/// The first that fits counts. `%` stands for any text; a vertical line separates patterns.
/// Languages are in this order: English, German, Spanish, French, Italian, Japanese, Georgian,
/// Korean, Russian, Swedish, Ukrainian, Chinese. Before a session knows its database, the server
/// may write accents and quotes in ASCII.
const WORDS: &[(Condition, &[&str])] = &[
    // Two change one row of the catalogue; the server has no translation of it.
    (Serialization, &["tuple concurrently updated|tuple concurrently deleted"]),
    // Nor of these.
    (DroppedMeanwhile, &["could not open relation with oid %|cache lookup failed for %"]),
    (StatementPooling, &["%statement pooling mode%"]),
    (
        RowSecurity,
        &[
            "%affected by row-level security policy%|policy für sicherheit auf zeilenebene%",
            "%política de seguridad de registros%|%politique de sécurité au niveau ligne%",
            "%regola di sicurezza per riga%|%行レベルセキュリティポリシ%|%로우 단위 보안 정책%",
            "%политикой безопасности на уровне строк%|%radsäkerhetspolicy%",
            "%політикою безпеки на рівні рядків%|%行级安全性策略%",
        ],
    ),
    (
        LockTimeout,
        &[
            "canceling statement due to lock timeout|could not obtain lock on %",
            "%zeitüberschreitung einer sperre|konnte sperre für %",
            "%tiempo de espera de candados%|no se pudo bloquear un candado %",
            "%délai écoulé pour l'obtention des verrous|n'a pas pu obtenir un verrou sur %",
            "%timeout di lock|lock %fallito",
            "ロックのタイムアウト%|%ロックを取得できませんでした",
            "%ბლოკის მოლოდინის ვადის%|ბლოკის მიღების შეცდომა%|%მწკრივის დაბლოკვის შეცდომა",
            "잠금 대기 시간 초과%|%잠금 정보를 구할 수 없음",
            "%тайм-аута блокировки|не удалось получить блокировку %",
            "%lås-timeout|kunde inte ta lås på %|kunde inte låsa rad i %",
            "%тайм-аут блокування|не вдалося отримати блокування %",
            "由于锁超时%|无法在关系%锁",
        ],
    ),
    (
        StatementTimeout,
        &[
            "canceling statement due to statement timeout",
            "%zeitüberschreitung der anfrage",
            "%tiempo de espera de sentencias",
            "%délai écoulé pour l'exécution de l'instruction",
            "annullamento dell'istruzione a causa di timeout",
            "ステートメントのタイムアウト%",
            "명령실행시간 초과%",
            "выполнение оператора отменено из-за тайм-аута",
            "%sats-timeout",
            "виконання оператора скасовано через тайм-аут",
            "由于语句执行超时%",
        ],
    ),
    (
        Deadlock,
        &[
            "deadlock detected|verklemmung (deadlock) entdeckt|se ha detectado un deadlock",
            "interblocage (deadlock) détecté|rilevato deadlock|deadlock 발생%|deadlock upptäckt",
            "デッドロック%",
            "%ურთიერთბლოკირება",
            "%взаимоблокировка",
            "%взаємне блокування",
            "%死锁",
        ],
    ),
    (
        RecoveryConflict,
        &[
            "%due to conflict with recovery",
            "%konflikt mit der wiederherstellung",
            "%conflicto con la recuperación",
            "%conflit avec la restauration",
            "%conflitto con il ripristino",
            "リカバリで競合%",
            "%აღდგენასთან კონფლიქტის გამო",
            "복구 작업 중 충돌%",
            "%конфликта с процессом восстановления",
            "%konflikt med återställning",
            "%конфлікт з процесом відновлення",
            "由于与恢复操作%",
        ],
    ),
    (
        DiskFull,
        &[
            "%no space left on device",
            "%auf dem gerät ist kein speicherplatz mehr verfügbar",
            "%no queda espacio en el dispositivo|%aucun espace disponible sur le périphérique",
            "%spazio esaurito sul device",
            "%デバイスに空き領域がありません|%장치에 남은 공간이 없음",
            "%на устройстве не осталось свободного места",
            "%enheten är full|%недостатньо місця на пристрої|%设备上没有空间",
        ],
    ),
    (
        PermissionDenied,
        &[
            "permission denied%|must be owner of %|must be superuser%|must be member of %|must be able to set role %",
            "keine berechtigung%|berechtigung nur für %",
            "permiso denegado%|se ha denegado el permiso%|debe ser dueño%|debe ser miembro%",
            "droit refusé%|doit être le propriétaire%|doit être un membre%",
            "permesso %negato%|bisogna essere %",
            "%アクセスが拒否されました|%権限がありません|%所有者である必要があります",
            "წვდომა აკრძალულია%|%წვდომა აკრ%|უნდა ბრძანდებოდეთ %",
            "%권한 없음|%권한이 없%|%소유주여야%",
            "нет доступа %|нет прав %|нужно быть владельцем %",
            "rättighet saknas%|måste vara ägare%",
            "немає дозволу %|немає прав %|немає доступу %|треба бути власником %",
            "%权限不够|%权限不允许|必须是%属主",
        ],
    ),
    (
        UndefinedPart,
        &[
            "function % does not exist|column % does not exist",
            "funktion % existiert nicht|spalte % existiert nicht",
            "no existe la columna %|no existe la función %",
            "la colonne % n'existe pas|la fonction % n'existe pas",
            "la colonna % non esiste|la funzione % non esiste",
            "列%は存在しません|関数%は存在しません|リレーション%の列%は存在しません",
            "სვეტი %არ არსებობს%|ფუნქცია % არ არსებობს",
            "%칼럼은 %|%칼럼 없음|%이름의 함수가 없음",
            "столбец % не существует|функция % не существует",
            "kolumn% existerar inte|kolumn% finns inte|funktionen % finns inte",
            "стовп% не існує|функції % не існує",
            "字段 % 不存在|函数 % 不存在|关系 %字段不存在",
        ],
    ),
    (
        UndefinedTable,
        &[
            "relation \"%\" does not exist",
            "relation »%« existiert nicht",
            "no existe la relación %",
            "la relation «%» n'existe pas",
            "la relazione \"%\" non esiste",
            "リレーション\"%\"は存在しません",
            "ურთიერთობა \"%\" არ არსებობს",
            "\"%\" 이름의 릴레이션%",
            "отношение \"%\" не существует",
            "relationen \"%\" existerar inte",
            "відношення \"%\" не існує",
            "关系 \"%\" 不存在",
        ],
    ),
    (
        DatabaseInUse,
        &[
            "%is being accessed by other users",
            "auf datenbank »%« wird von anderen benutzern zugegriffen",
            "%está siendo utilizada por otros usuarios",
            "%en cours d'utilisation par d'autres utilisateurs",
            "%utilizzato da altri utenti",
            "%他のユーザーからアクセスされています",
            "%სხვა მომხმარებლებიცაა მიერთებული",
            "%다른 사용자가 액세스하기 시작했습니다",
            "%занята другими пользователями",
            "%används av andra användare",
            "%зайнята іншими користувачами",
            "其他用户正在使用数据库%",
        ],
    ),
    (
        ConnectionLost,
        &[
            "no answer came any more|terminating connection%|%no connection to the server%|%connection not open%",
            "%could not receive data from server%|%could not send data to server%",
            "%ssl connection has been closed%|%ssl syscall error%|lost synchronization with server%",
        ],
    ),
    (NotReady, &["the database system is %"]),
    (
        DatabaseClosed,
        &[
            "%is not currently accepting connections|%akzeptiert gegenw%keine verbindungen",
            "%no acepta conexiones|%n'accepte plus les connexions",
            "%attualmente non accetta connessioni",
            "現在データベース%は接続を受け付けません",
            "%ამჟამად მიერთებებს არ იღებს",
            "%현재 접속을 허용하지 않습니다",
            "%не принимает подключения в данный момент|%rvarande inte emot uppkopplingar",
            "%не приймає підключення в даний момент|%当前不接受联接",
        ],
    ),
    (
        TooManyConnections,
        &[
            "%too many clients%|too many connections%|remaining connection slots%",
            "%zu viele verbindungen%|die verbleibenden verbindungen%",
            "%demasiados clientes|demasiadas conexiones%|las conexiones restantes%",
            "%trop de clients%|trop de connexions%|les emplacements de connexions restants%",
            "%troppi client%|troppe connessioni%|i rimanenti slot di connessione%",
            "%クライアント数が多すぎます|%接続が多すぎます|残りの接続スロット%",
            "%მეტისმეტად ბევრი%|ძალიან ბევრი კავშირი%",
            "최대 동시 접속자 수%|%최대 동시 접속수%|%최대 접속수%|남은 연결 슬롯%",
            "%слишком много %|оставшиеся слоты подключений%",
            "%för många klienter|för många uppkopplingar%|resterande anslutningsslottar%",
            "%забагато %|слоти підключень, які залишились%",
            "%太多的客户|%连接太多了|已保留的连接位置%",
        ],
    ),
    (
        NoSuchDatabase,
        &[
            "database \"%\" does not exist",
            "datenbank % existiert nicht",
            "no existe la base de datos %",
            "la base de donn% n'existe pas",
            "il database \"%\" non esiste",
            "データベース\"%\"は存在しません",
            "მონაცემთა ბაზა \"%\" არ არსებობს",
            "\"%\" 데이터베이스 없음",
            "база данных \"%\" не существует",
            "databasen \"%\" existerar inte",
            "бази даних \"%\" не існує",
            "数据库 \"%\" 不存在",
        ],
    ),
    (
        WrongPassword,
        &[
            "password authentication failed%|%no password supplied%",
            "passwort-authentifizierung für benutzer%",
            "%autentificación password falló%",
            "authentification par mot de passe échouée%",
            "autenticazione con password fallita%",
            "%パスワード認証に失敗しました",
            "პაროლით ავთენტიფიკაცია%",
            "%password 인증을 실패했습니다",
            "%не прошёл проверку подлинности (по паролю)",
            "lösenordsautentisering misslyckades%",
            "%не пройшов автентифікацію за допомогою пароля",
            "用户 \"%\" password 认证失败",
        ],
    ),
    // What libpq and proxies say comes in English.
    (NotAdmitted, &["%no pg_hba.conf entry%|%authentication failed%"]),
    (NoSuchRole, &["role \"%\" does not exist"]),
    (NoUserName, &["%local user with id % does not exist|%could not look up local user id%"]),
    (OptionsRefused, &["%startup parameter%|%command-line%|%startup option%"]),
    (Encryption, &["%certificate%|%ssl%|%tls%"]),
    (UnknownHost, &["%could not translate host name%"]),
    (Unreachable, &["%connection refused%|%no such file or directory%|%timeout expired%"]),
    (ClosedEarly, &["%server closed the connection%|%reset by peer%"]),
];

impl Condition {
    /// What Diesel knows, and else what the message says.
    pub fn of(kind: DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Condition {
        let said = Condition::of_text(info.message());
        match kind {
            DatabaseErrorKind::ReadOnlyTransaction => ReadOnly,
            DatabaseErrorKind::SerializationFailure if said != RecoveryConflict => Serialization,
            DatabaseErrorKind::ClosedConnection
                // A trigger may have lost a connection of its own, to a foreign server.
                if ![RecoveryConflict, StatementPooling, DiskFull].contains(&said)
                    && (said != Other || info.details().is_none()) => ConnectionLost,
            // Within a COPY libpq gives no reason; a server always does.
            _ if said == ClosedEarly || info.message().trim().is_empty() => ConnectionLost,
            _ => said,
        }
    }

    /// The condition of a Diesel error, if the server reported one.
    pub fn of_error(error: &DieselError) -> Option<Condition> {
        match error {
            DieselError::DatabaseError(kind, info) => Some(Condition::of(*kind, info.as_ref())),
            // What Diesel says of every statement after the one that lost the connection.
            DieselError::BrokenTransactionManager => Some(ConnectionLost),
            DieselError::RollbackErrorOnCommit { commit_error, .. } => {
                Condition::of_error(commit_error)
            }
            _ => None,
        }
    }

    /// What a message says, without what libpq puts before it.
    pub fn of_text(message: &str) -> Condition {
        let text = message.trim().trim_end_matches(['.', '。']).to_lowercase();
        WORDS
            .iter()
            .find(|(_, patterns)| {
                patterns.iter().flat_map(|line| line.split('|')).any(|one| is_like(&text, one))
            })
            .map_or(Other, |(condition, _)| *condition)
    }

    /// Whether it may pass with time, for who waits for a connection.
    pub fn may_pass(self) -> bool {
        use Condition::*;
        matches!(
            self,
            NotReady
                | TooManyConnections
                | NoSuchDatabase
                | UnknownHost
                | Unreachable
                | ClosedEarly
        )
    }
}

/// As LIKE in SQL, but for the underscore.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('%');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_in_several_languages() {
        for (text, condition) in [
            ("canceling statement due to lock timeout", LockTimeout),
            ("storniere Anfrage wegen Zeitüberschreitung einer Sperre", LockTimeout),
            ("잠금 대기 시간 초과로 작업을 취소합니다.", LockTimeout),
            (
                "annulation de la requête à cause du délai écoulé pour l'obtention des verrous",
                LockTimeout,
            ),
            ("Verklemmung (Deadlock) entdeckt", Deadlock),
            ("нет доступа к таблице contacts", PermissionDenied),
            ("Relation »contacts« existiert nicht", UndefinedTable),
            ("リレーション\"contacts\"の列\"x\"は存在しません", UndefinedPart),
            ("column \"x\" of relation \"contacts\" does not exist", UndefinedPart),
            ("la base de données « inbox » n'existe pas", NoSuchDatabase),
            ("could not extend file \"base/1/2\": No space left on device", DiskFull),
            ("could not open relation with OID 219399", DroppedMeanwhile),
            ("cache lookup failed for constraint 219399", DroppedMeanwhile),
            ("something else", Other),
        ] {
            assert_eq!(Condition::of_text(text), condition, "{text}");
        }
    }
}
