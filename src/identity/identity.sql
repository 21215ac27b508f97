-- include "identity/identity.h"

-- Ids are given by us: what is sealed names its row, so the id must be known before.
-- identity_next_id :one
-- out  id identity_id
SELECT coalesce(max(id), 0) + 1 FROM identity;

-- identity_insert :exec
-- in   id identity_id, organisation bool, sealed blob, person_key text, salt text, made_at instant
INSERT INTO identity (id, organisation, sealed, person_key, salt, made_at)
VALUES (:id, :organisation, :sealed, :person_key, :salt, :made_at);

-- identity_by_id :one
-- in   id identity_id
-- out  organisation bool, sealed blob, person_key text, erased_at instant?
SELECT organisation, sealed, person_key, erased_at FROM identity WHERE id = :id;

-- identity_by_person_key :many
-- in   person_key text, max int
-- out  id identity_id
SELECT id FROM identity WHERE person_key = :person_key AND person_key <> '' ORDER BY id LIMIT :max;

-- identity_empty :exec
-- in   id identity_id, sealed blob, erased_at instant
UPDATE identity SET sealed = :sealed, person_key = '', salt = '', erased_at = :erased_at
WHERE id = :id AND erased_at IS NULL;

-- identity_key_mark :one
-- out  mark text
SELECT mark FROM identity_key WHERE id = 1;

-- identity_key_insert :exec
-- in   mark text
INSERT INTO identity_key (id, mark) VALUES (1, :mark);
