-- What leaves the office (mail, SMS) and the mail that comes in. See src/notice/notice.h.
CREATE TABLE notice (
	id @id@,
	way TEXT NOT NULL CHECK (way IN ('mail', 'sms')),
	unit_id @int@ NOT NULL REFERENCES unit (id),
	subject_kind TEXT NOT NULL,           -- whose history it belongs to; '' when it is of none
	subject_id @int@ NOT NULL,
	why TEXT NOT NULL,                    -- what it is, in the office's words: shown on the desk
	recipient TEXT NOT NULL,              -- sealed address or number; '' once erased
	recipient_index TEXT NOT NULL,        -- blind index of it, to know who writes back
	salt TEXT NOT NULL,                   -- of the commitment in the ledger
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	answerable @int@ NOT NULL CHECK (answerable IN (0, 1)),
	message_id TEXT NOT NULL UNIQUE,      -- left of the @: the same at every attempt
	created_at @int@ NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'bounced', 'given_up')),
	attempts @int@ NOT NULL,
	last_at @int@,                        -- of the last attempt or of the bounce
	answer TEXT NOT NULL,                 -- what the other side said last
	resent_as @int@,                      -- a clerk has sent it again
	erased_at @int@
) @strict@;
CREATE INDEX notice_by_subject ON notice (subject_kind, subject_id, id);
CREATE INDEX notice_by_unit ON notice (unit_id, id);
CREATE INDEX notice_by_state ON notice (state, id);
CREATE INDEX notice_by_recipient ON notice (recipient_index, id);
CREATE INDEX notice_not_erased ON notice (created_at) WHERE erased_at IS NULL;

CREATE TABLE notice_file (
	notice_id @int@ NOT NULL REFERENCES notice (id),
	position @int@ NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	content @blob@ NOT NULL,
	PRIMARY KEY (notice_id, position)
) @strict@;

CREATE TABLE mail (
	id @id@,
	digest TEXT NOT NULL UNIQUE,          -- SHA-256 of the message as it lay in the maildir
	received_at @int@ NOT NULL,
	sender TEXT NOT NULL,                 -- sealed address; '' once erased
	sender_name TEXT NOT NULL,
	sender_index TEXT NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	message_id TEXT NOT NULL,
	automatic @int@ NOT NULL CHECK (automatic IN (0, 1)), -- an answer of a machine: moves no clock
	cut @int@ NOT NULL CHECK (cut IN (0, 1)),             -- more than the limits allow was left out
	state TEXT NOT NULL CHECK (state IN ('pen', 'assigned', 'discarded', 'report')),
	how TEXT NOT NULL CHECK (how IN ('', 'token', 'thread', 'clerk')),
	subject_kind TEXT NOT NULL,           -- '' in the pen
	subject_id @int@ NOT NULL,
	unit_id @int@,
	proposal_kind TEXT NOT NULL,          -- the case the pen proposes, and why
	proposal_id @int@ NOT NULL,
	proposal_why TEXT NOT NULL CHECK (proposal_why IN ('', 'number', 'sender')),
	erased_at @int@
) @strict@;
CREATE INDEX mail_by_subject ON mail (subject_kind, subject_id, id);
CREATE INDEX mail_by_state ON mail (state, id);
CREATE INDEX mail_not_erased ON mail (received_at) WHERE erased_at IS NULL;

CREATE TABLE mail_file (
	mail_id @int@ NOT NULL REFERENCES mail (id),
	position @int@ NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	content @blob@ NOT NULL,
	PRIMARY KEY (mail_id, position)
) @strict@;

-- How a member of staff wants to be told of due days.
CREATE TABLE notice_reader (
	account_id @int@ NOT NULL PRIMARY KEY REFERENCES account (id),
	email TEXT NOT NULL,                  -- the office's own address of that person, or ''
	digest @int@ NOT NULL CHECK (digest IN (0, 1)),
	digest_on TEXT NOT NULL,              -- day of the last one, or ''
	feed_hash TEXT UNIQUE,                -- SHA-256 of the token in the calendar's address
	feed_scope TEXT NOT NULL CHECK (feed_scope IN ('', 'unit', 'site'))
) @strict@;
