-- include "account/account.h"

-- reader_row :one
-- in   account_id account_id
-- out  email text, digest text, digest_on text, feed_hash text?, feed_scope text, feed_made_at int?
SELECT email, digest, digest_on, feed_hash, feed_scope, feed_made_at FROM notice_reader WHERE account_id = :account_id;

-- reader_write :exec
-- in   account_id account_id, email text, digest text
INSERT INTO notice_reader (account_id, email, digest, digest_on, feed_scope)
VALUES (:account_id, :email, :digest, '', 'mine')
ON CONFLICT (account_id) DO UPDATE SET email = :email, digest = :digest;

-- reader_feed :exec
-- in   account_id account_id, digest text, feed_hash text?, feed_scope text, feed_made_at int?
INSERT INTO notice_reader (account_id, email, digest, digest_on, feed_hash, feed_scope, feed_made_at)
VALUES (:account_id, '', :digest, '', :feed_hash, :feed_scope, :feed_made_at)
ON CONFLICT (account_id) DO UPDATE SET feed_hash = :feed_hash, feed_scope = :feed_scope, feed_made_at = :feed_made_at;

-- reader_by_feed :one
-- in   feed_hash text?
-- out  account_id account_id, feed_scope text, name text
SELECT n.account_id, n.feed_scope, a.name FROM notice_reader n JOIN account a ON a.id = n.account_id
WHERE n.feed_hash = :feed_hash AND a.disabled_at IS NULL;

-- readers_without :many
-- in   today text, max int
-- out  account_id account_id, name text, email text, digest text
-- scan: the staff who want a mail, once a minute until all have theirs
SELECT n.account_id, a.name, n.email, n.digest FROM notice_reader n JOIN account a ON a.id = n.account_id
WHERE n.email <> '' AND n.digest <> 'none' AND n.digest_on <> :today AND a.disabled_at IS NULL
ORDER BY n.account_id LIMIT :max;

-- reader_told :exec
-- in   account_id account_id, today text
UPDATE notice_reader SET digest_on = :today WHERE account_id = :account_id;
