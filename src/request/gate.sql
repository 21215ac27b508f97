-- include "request/request.h"

-- gate_setting_of :one
-- in   unit_id unit_id
-- out  review bool, advice bool, sign_off bool
SELECT review, advice, sign_off FROM request_gate_setting WHERE unit_id = :unit_id;

-- gate_setting_put :exec
-- in   unit_id unit_id, review bool, advice bool, sign_off bool
INSERT INTO request_gate_setting (unit_id, review, advice, sign_off) VALUES (:unit_id, :review, :advice, :sign_off)
ON CONFLICT (unit_id) DO UPDATE SET review = excluded.review, advice = excluded.advice, sign_off = excluded.sign_off;

-- gate_insert :exec
-- in   request_id request_id, reply_id int, gate text, account_id int, person text, at instant, agrees bool, digest text, remark sealed
INSERT INTO request_gate (request_id, reply_id, gate, account_id, person, at, agrees, digest, remark)
VALUES (:request_id, :reply_id, :gate, :account_id, :person, :at, :agrees, :digest, :remark);

-- gate_list :many
-- in   reply_id int
-- out  gate text, account_id int, person text, at instant, agrees bool, digest text, remark sealed
SELECT gate, account_id, person, at, agrees, digest, remark FROM request_gate WHERE reply_id = :reply_id ORDER BY id;
