-- Mail that comes in, and letters that leave by mail. What names a person lies sealed (base/vault.h): address, subject and
-- text of a notice in one piece, files each for itself. The tables of 0015 kept them readable and nothing had written to
-- them yet, so they are made anew. See src/notice/notice.h, src/notice/inbox.h.
DROP TABLE notice_file;
DROP TABLE notice;
DROP TABLE mail_file;
DROP TABLE mail;
DROP TABLE notice_reader;

CREATE TABLE notice (
	id @id@,
	way TEXT NOT NULL CHECK (way IN ('mail', 'sms')),
	unit_id @int@ NOT NULL REFERENCES unit (id),
	subject_kind TEXT NOT NULL,           -- whose history it belongs to; '' when it is of none
	subject_id @int@ NOT NULL,
	why TEXT NOT NULL,                    -- what it is, in the office's words: shown on the desk
	sealed @blob@ NOT NULL,               -- address or number, subject, text; empty once erased
	recipient_index TEXT NOT NULL,        -- blind index of the address, to know who writes back
	salt TEXT NOT NULL,                   -- of the commitment in the ledger
	answerable @int@ NOT NULL CHECK (answerable IN (0, 1)),
	message_id TEXT NOT NULL UNIQUE,      -- left of the @: the same at every attempt
	created_at @int@ NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'bounced', 'given_up')),
	attempts @int@ NOT NULL,
	last_at @int@,                        -- of the last attempt or of the bounce
	answer TEXT NOT NULL,                 -- what the other side said last, without addresses
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
	type TEXT NOT NULL,
	name_sealed @blob@ NOT NULL,
	sealed @blob@ NOT NULL,
	PRIMARY KEY (notice_id, position)
) @strict@;

CREATE TABLE mail (
	id @id@,
	digest TEXT NOT NULL UNIQUE,          -- of Message-ID and body: the same message is taken once
	received_at @int@ NOT NULL,
	sealed @blob@ NOT NULL,               -- sender, subject, text; empty once erased
	sender_index TEXT NOT NULL,
	message_index TEXT NOT NULL,          -- blind index of its Message-ID, for answers to it; '' without one
	salt TEXT NOT NULL,                   -- of the commitment to the sender in the ledger
	automatic @int@ NOT NULL CHECK (automatic IN (0, 1)), -- an answer of a machine: moves no clock
	cut @int@ NOT NULL CHECK (cut IN (0, 1)),             -- something was left out
	state TEXT NOT NULL CHECK (state IN ('pen', 'assigned', 'discarded', 'report')),
	how TEXT NOT NULL CHECK (how IN ('', 'token', 'thread', 'clerk', 'registered')),
	unit_id @int@ NOT NULL REFERENCES unit (id),          -- whose pen, or whose case
	subject_kind TEXT NOT NULL,           -- '' in the pen
	subject_id @int@ NOT NULL,
	notice_id @int@,                      -- of a report: the notice it is about
	proposal_kind TEXT NOT NULL,          -- the case the pen proposes, and why
	proposal_id @int@ NOT NULL,
	proposal_why TEXT NOT NULL CHECK (proposal_why IN ('', 'number', 'sender')),
	reason TEXT NOT NULL,                 -- why it was put away, in the clerk's words
	person TEXT NOT NULL,                 -- who settled it; '' if the program did
	settled_at @int@,
	erased_at @int@
) @strict@;
CREATE INDEX mail_by_subject ON mail (subject_kind, subject_id, id);
CREATE INDEX mail_by_state ON mail (state, id);
CREATE INDEX mail_by_unit ON mail (unit_id, state, id);
CREATE INDEX mail_by_message ON mail (message_index);
CREATE INDEX mail_not_erased ON mail (received_at) WHERE erased_at IS NULL;

-- How a member of staff wants to be told of due days. The address is the office's own of that person.
CREATE TABLE notice_reader (
	account_id @int@ NOT NULL PRIMARY KEY REFERENCES account (id),
	email TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (digest IN ('none', 'needed', 'daily')),
	digest_on TEXT NOT NULL,              -- day of the last one, or ''
	feed_hash TEXT UNIQUE,                -- SHA-256 of the token in the calendar's address
	feed_scope TEXT NOT NULL CHECK (feed_scope IN ('mine', 'unit', 'site')),
	feed_made_at @int@
) @strict@;

-- The notice that carries a reply: the day that counts is the day it was taken over.
ALTER TABLE reply_service ADD COLUMN notice_id @int@;
CREATE INDEX reply_service_by_notice ON reply_service (notice_id) WHERE notice_id IS NOT NULL;
