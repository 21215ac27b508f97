-- import_upload_insert :one
-- in   account_id int, at instant, file_name text, content blob
-- out  id int
INSERT INTO import_upload (account_id, at, file_name, content) VALUES (:account_id, :at, :file_name, :content)
RETURNING id;

-- import_upload_read :one
-- in   id int
-- out  account_id int, file_name text, content blob
SELECT account_id, file_name, content FROM import_upload WHERE id = :id;

-- import_upload_delete :exec
-- in   id int
DELETE FROM import_upload WHERE id = :id;

-- import_upload_sweep :exec
-- in   before instant
DELETE FROM import_upload WHERE at < :before;
