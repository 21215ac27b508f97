-- The month of an applicant at an agency is found by the month: it is bounded, a person's lifetime is not.
CREATE INDEX request_of_month ON request (unit_id, received_on) WHERE applicant_id IS NOT NULL;
