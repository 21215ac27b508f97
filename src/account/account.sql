-- include "account/account.h"

-- account_insert :one
-- in   name text, person text, unit_id unit_id, role text, password_hash text, created_at instant
-- out  id account_id
INSERT INTO account (name, person, unit_id, role, password_hash, created_at)
VALUES (:name, :person, :unit_id, :role, :password_hash, :created_at) RETURNING id;

-- account_by_name :one
-- in   name text
-- out  id account_id, name text, person text, unit_id unit_id, role text, password_hash text, disabled_at int?
SELECT id, name, person, unit_id, role, password_hash, disabled_at FROM account WHERE name = :name;

-- account_all :many
-- out  id account_id, name text, person text, unit_id unit_id, role text, disabled_at int?
-- scan: the list of all staff of a site, in order of the unique index of name
SELECT id, name, person, unit_id, role, disabled_at FROM account ORDER BY name;

-- account_password_write :exec
-- in   id account_id, password_hash text
UPDATE account SET password_hash = :password_hash WHERE id = :id;

-- account_disable_write :exec
-- in   id account_id, disabled_at int?
UPDATE account SET disabled_at = :disabled_at WHERE id = :id;

-- session_insert :exec
-- in   token_hash text, account_id account_id, at instant, remote text
INSERT INTO session (token_hash, account_id, created_at, used_at, remote)
VALUES (:token_hash, :account_id, :at, :at, :remote);

-- session_account :one
-- in   token_hash text, idle_since instant, created_since instant
-- out  id account_id, name text, person text, unit_id unit_id, role text, used_at instant
SELECT a.id, a.name, a.person, a.unit_id, a.role, s.used_at FROM session s JOIN account a ON a.id = s.account_id
WHERE s.token_hash = :token_hash AND s.used_at >= :idle_since AND s.created_at >= :created_since
	AND a.disabled_at IS NULL;

-- session_touch :exec
-- in   token_hash text, at instant, before instant
UPDATE session SET used_at = :at WHERE token_hash = :token_hash AND used_at < :before;

-- session_delete :exec
-- in   token_hash text
DELETE FROM session WHERE token_hash = :token_hash;

-- session_delete_of_account :exec
-- in   account_id account_id
DELETE FROM session WHERE account_id = :account_id;

-- session_delete_old :exec
-- in   used_before instant
DELETE FROM session WHERE used_at < :used_before;

-- failure_insert :exec
-- in   at instant, name text, remote text
INSERT INTO sign_in_failure (at, name, remote) VALUES (:at, :name, :remote);

-- failure_count_name :one
-- in   name text, since instant
-- out  failures int
SELECT count(*) FROM sign_in_failure WHERE name = :name AND at >= :since;

-- failure_count_remote :one
-- in   remote text, since instant
-- out  failures int
SELECT count(*) FROM sign_in_failure WHERE remote = :remote AND at >= :since;

-- session_from_address :one
-- in   name text, remote text
-- out  sessions int
SELECT count(*) FROM account a JOIN session s ON s.account_id = a.id WHERE a.name = :name AND s.remote = :remote;

-- failure_delete_old :exec
-- in   before instant
DELETE FROM sign_in_failure WHERE at < :before;

-- token_insert :one
-- in   account_id account_id, token_hash text, label text, scope text, created_at instant, expires_at instant
-- out  id int
INSERT INTO account_token (account_id, token_hash, label, scope, created_at, expires_at)
VALUES (:account_id, :token_hash, :label, :scope, :created_at, :expires_at) RETURNING id;

-- token_account :one
-- in   token_hash text, now instant
-- out  id account_id, name text, person text, unit_id unit_id, role text, label text, scope text
SELECT a.id, a.name, a.person, a.unit_id, a.role, t.label, t.scope FROM account_token t JOIN account a ON a.id = t.account_id
WHERE t.token_hash = :token_hash AND t.expires_at > :now AND t.revoked_at IS NULL AND a.disabled_at IS NULL;

-- token_of_account :many
-- in   account_id account_id
-- out  id int, label text, scope text, created_at instant, expires_at instant, revoked_at int?
SELECT id, label, scope, created_at, expires_at, revoked_at FROM account_token
WHERE account_id = :account_id ORDER BY id DESC;

-- token_live :one
-- in   account_id account_id, now instant
-- out  tokens int
SELECT count(*) FROM account_token WHERE account_id = :account_id AND expires_at > :now AND revoked_at IS NULL;

-- token_revoke :exec
-- in   id int, account_id account_id, at instant
UPDATE account_token SET revoked_at = :at WHERE id = :id AND account_id = :account_id AND revoked_at IS NULL;

-- token_revoke_of_account :exec
-- in   account_id account_id, at instant
UPDATE account_token SET revoked_at = :at WHERE account_id = :account_id AND revoked_at IS NULL;
