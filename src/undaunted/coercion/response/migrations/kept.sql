-- What a government keeps lies in an envelope of the vault; nothing else passes for one.

ALTER TABLE response_pledge ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
ALTER TABLE response_note ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
ALTER TABLE response_statement ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
ALTER TABLE response_offramp ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
ALTER TABLE response_delivery ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
