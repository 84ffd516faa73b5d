package io.flexir.scheduler.jobs;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Jobs as they lie in the ledger and its changelog: JSON. Thread-safe. */
final class JobCodec {
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JobCodec(JsonMapper mapper) {
        reader = mapper.readerFor(Job.class);
        writer = mapper.writerFor(Job.class);
    }

    byte[] encode(Job job) {
        try {
            return writer.writeValueAsBytes(job);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A job could not be written as JSON", impossible);
        }
    }

    /**
     * Only this class writes the ledger: what cannot be read is a newer version's, and stops us.
     */
    Job decode(byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The ledger holds a job that this version cannot read", unreadable);
        }
    }
}
