/* rows_runtimes.c - what the runtimes and clients of PHP, .NET, Rust, Ruby and Java write in words of their own, and MySQL's refusals.
 *
 * One row a text; tests/fixtures/logs/rows.txt holds a line for each. They are asked first: each names its runtime or its server, and the words of
 * the other tables are in some of them.
 */
#include "logs_priv.h"

#define ROW(name, symptom, family, pattern)                                                        \
    {                                                                                              \
        name, pattern, symptom, PL_ROW_CONNECTION, 0, family, 0                                    \
    }
#define ROW_F(name, symptom, family, flags, pattern)                                               \
    {                                                                                              \
        name, pattern, symptom, PL_ROW_CONNECTION, 0, family, flags                                \
    }

static const struct pl_row runtimes[] = {
    /* PHP: PDO, phpredis, Predis, Guzzle */
    ROW("php-name-again", "dns_timeout", NULL,
        "php_network_getaddresses: getaddrinfo for %h failed: Temporary failure"),
    ROW("php-name", "dns_not_found", NULL,
        "php_network_getaddresses: getaddrinfo for %h failed: Name"),
    ROW("php-name-other", "dns_failed", NULL,
        "php_network_getaddresses: getaddrinfo for %h failed:"),
    ROW("pdo-mysql-refused", "refused", "mysql", "SQLSTATE[HY000] [2002] Connection refused"),
    ROW("pdo-mysql-timed-out", "connect_timeout", "mysql",
        "SQLSTATE[HY000] [2002] Connection timed out"),
    ROW("pdo-mysql-no-route", "unreachable", "mysql", "SQLSTATE[HY000] [2002] No route to host"),
    ROW("pdo-mysql-no-socket", "socket_missing", "mysql",
        "SQLSTATE[HY000] [2002] No such file or directory"),
    ROW("phpredis-refused", "refused", "redis", "RedisException: Connection refused"),
    ROW("phpredis-timed-out", "connect_timeout", "redis", "RedisException: Connection timed out"),
    ROW_F("phpredis-read", "timeout", "redis", PL_ROW_VAGUE, "read error on connection to %h:%p"),
    ROW("phpredis-closed", "closed", "redis", "Redis server %h:%p went away"),
    ROW("predis-refused", "refused", "redis", "Connection refused [tcp://%h:%p]"),
    ROW("predis-refused-tls", "refused", "redis", "Connection refused [tls://%h:%p]"),
    ROW("predis-timed-out", "connect_timeout", "redis", "Connection timed out [tcp://%h:%p]"),
    ROW("predis-timed-out-tls", "connect_timeout", "redis", "Connection timed out [tls://%h:%p]"),
    ROW("predis-closed", "closed", "redis",
        "Error while reading line from the server. [tcp://%h:%p]"),
    ROW("guzzle-limit", "connect_timeout", "http",
        "cURL error 28: Connection timed out after %m milliseconds%*) for %u"),
    ROW("guzzle-empty", "closed", "http", "cURL error 52: Empty reply from server"),
    /* .NET: sockets, HttpClient, Npgsql, MySqlConnector, StackExchange.Redis, SslStream */
    ROW("httpclient-name", "dns_not_found", "http",
        "HttpRequestException: Name or service not known (%h:%p)"),
    ROW("httpclient-name-again", "dns_timeout", "http",
        "HttpRequestException: Resource temporarily unavailable (%h:%p)"),
    ROW("httpclient-refused", "refused", "http",
        "HttpRequestException: Connection refused (%h:%p)"),
    ROW("httpclient-timed-out", "connect_timeout", "http",
        "HttpRequestException: Connection timed out (%h:%p)"),
    ROW("httpclient-no-route", "unreachable", "http",
        "HttpRequestException: No route to host (%h:%p)"),
    ROW("httpclient-limit", "timeout", "http",
        "The request was canceled due to the configured HttpClient.Timeout"),
    ROW("dotnet-timed-out", "connect_timeout", NULL, "SocketException (110): Connection timed out"),
    ROW("dotnet-reset", "reset", NULL, "SocketException (104): Connection reset by peer"),
    ROW_F("npgsql", "timeout", "postgres", PL_ROW_VAGUE,
          "NpgsqlException (0x80004005): Failed to connect to %h:%p"),
    ROW_F("mysqlconnector", "timeout", "mysql", PL_ROW_VAGUE,
          "Unable to connect to any of the specified MySQL hosts"),
    ROW("mysqlconnector-limit", "timeout", "mysql",
        "MySqlException (0x80004005): Connect Timeout expired"),
    ROW("stackexchange-login", "authentication_failed", "redis", "AuthenticationFailure on %h:%p"),
    ROW("stackexchange-closed", "closed", "redis", "SocketClosed on %h:%p"),
    ROW_F("stackexchange", "timeout", "redis", PL_ROW_VAGUE, "UnableToConnect on %h:%p"),
    ROW_F("stackexchange-any", "timeout", "redis", PL_ROW_VAGUE,
          "It was not possible to connect to the redis server(s)"),
    ROW("dotnet-tls-name", "tls_name_mismatch", NULL, "RemoteCertificateNameMismatch"),
    ROW("dotnet-tls-expired", "tls_expired", NULL, "errors in the certificate chain: NotTimeValid"),
    ROW("dotnet-tls-chain", "tls_untrusted", NULL, "errors in the certificate chain:"),
    ROW("dotnet-tls-untrusted", "tls_untrusted", NULL, "RemoteCertificateChainErrors"),
    ROW("dotnet-not-tls", "tls_not_offered", NULL, "Cannot determine the frame size"),
    /* Rust: std::io, sqlx, rustls */
    ROW_F("rust-timed-out", "connect_timeout", NULL, PL_ROW_BEFORE,
          "Connection timed out (os error 110)"),
    ROW_F("sqlx-pool", "timeout", NULL, PL_ROW_VAGUE | PL_ROW_ALONE,
          "pool timed out while waiting for an open connection"),
    ROW("rustls-untrusted", "tls_untrusted", NULL, "invalid peer certificate: UnknownIssuer"),
    ROW("rustls-expired", "tls_expired", NULL, "invalid peer certificate: Expired"),
    ROW("rustls-expired-at", "tls_expired", NULL, "invalid peer certificate: certificate expired"),
    ROW("rustls-name", "tls_name_mismatch", NULL, "invalid peer certificate: NotValidForName"),
    ROW("rustls-name-of", "tls_name_mismatch", NULL,
        "invalid peer certificate: certificate not valid for name %q%h"),
    ROW("rustls-not-tls", "tls_not_offered", NULL,
        "received corrupt message of type InvalidContentType"),
    /* Ruby: Net::HTTP, OpenSSL, Dalli */
    ROW("net-http-refused", "refused", "http",
        "Failed to open TCP connection to %h:%p (Connection refused"),
    ROW("net-http-name", "dns_not_found", "http",
        "Failed to open TCP connection to %h:%p (getaddrinfo: Name"),
    ROW("net-http-name-again", "dns_timeout", "http",
        "Failed to open TCP connection to %h:%p (getaddrinfo: Temporary failure"),
    ROW("net-http-limit", "connect_timeout", "http",
        "Failed to open TCP connection to %h:%p (execution expired"),
    ROW("net-http-open-limit", "connect_timeout", "http", "Net::OpenTimeout"),
    ROW("net-http-read-limit", "response_timeout", "http", "Net::ReadTimeout"),
    ROW("ruby-tls-expired", "tls_expired", NULL,
        "certificate verify failed (certificate has expired)"),
    ROW("ruby-tls-name", "tls_name_mismatch", NULL,
        "certificate verify failed (hostname mismatch)"),
    ROW_F("dalli", "timeout", NULL, PL_ROW_VAGUE, "Dalli::RingError: No server available"),
    /* Java: JSSE, pgjdbc */
    ROW("java-alert-certificate", "client_certificate_required", NULL,
        "fatal alert: certificate_required"),
    ROW("java-alert-bad-certificate", "client_certificate_rejected", NULL,
        "fatal alert: bad_certificate"),
    ROW("java-alert-version", "tls_protocol", NULL, "fatal alert: protocol_version"),
    ROW("java-alert-handshake", "tls_protocol", NULL, "fatal alert: handshake_failure"),
    ROW("java-not-tls", "tls_not_offered", NULL, "Unsupported or unrecognized SSL message"),
    ROW("java-tls-address", "tls_name_mismatch", NULL,
        "No subject alternative names matching IP address %h found"),
    ROW("java-tls-any-name", "tls_name_mismatch", NULL, "No name matching %h found"),
    ROW("pgjdbc-tls-not-offered", "tls_not_offered", "postgres",
        "PSQLException: The server does not support SSL"),
    /* MySQL: https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html, .../client-error-reference.html */
    ROW("mysql-tls-required", "tls_required", "mysql",
        "Connections using insecure transport are prohibited"),
    ROW("mysql-read-only", "read_only", "mysql",
        "The MySQL server is running with the --read-only"),
    ROW("mysql-super-read-only", "read_only", "mysql",
        "The MySQL server is running with the --super-read-only"),
    ROW("mysql-no-database", "no_such_database", "mysql", "Unknown database '"),
    ROW_F("mysql-not-allowed", "authorization_failed", "mysql", PL_ROW_FORMS,
          "is not allowed to connect to this MySQL server"),
    ROW_F("mysql-blocked", "authorization_failed", "mysql", PL_ROW_FORMS,
          "is blocked because of many connection errors"),
    ROW("mysql-gone-away", "closed", "mysql", "MySQL server has gone away"),
    ROW("mysql-lost-early", "closed", "mysql", "Lost connection to MySQL server at "),
    /* PostgreSQL and Redis, where the words above do not have them */
    ROW("pg-iam-account", "authentication_failed", "postgres",
        "Cloud SQL IAM service account authentication failed"),
    ROW("redis-py-no-auth", "authentication_failed", "redis",
        "AuthenticationError: Authentication required"),
};

const struct pl_rows pl_rows_runtimes = {runtimes, PL_LEN(runtimes)};
