-- Lists of the desk: replies under way by the day they are due, open requests by their state.

-- The stage of the reply under way, kept by the room of replies; empty: none is. Beside the due day, so that the
-- list of a gate is one stretch of an index.
ALTER TABLE request ADD COLUMN reply_stage TEXT NOT NULL DEFAULT '';
UPDATE request SET reply_stage = coalesce((SELECT max(stage) FROM reply WHERE reply.request_id = request.id
	AND stage NOT IN ('signed', 'dropped')), '')
WHERE id IN (SELECT request_id FROM reply WHERE stage NOT IN ('signed', 'dropped'));
CREATE INDEX request_replying ON request (unit_id, reply_stage, coalesce(due_on, '9999-12-31'), id) WHERE reply_stage <> '';
CREATE INDEX request_replying_site ON request (reply_stage, coalesce(due_on, '9999-12-31'), id) WHERE reply_stage <> '';

-- How many open ones are in each state, beside the filters of the register.
CREATE INDEX request_open_state ON request (state, unit_id, id) WHERE closed_on IS NULL;
