package io.flexir.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Random;

class FileBufferTest {
    private final byte[] bytes = new byte[2_500_000];
    private final FileBuffer buffer = new FileBuffer();

    FileBufferTest() {
        new Random(1).nextBytes(bytes);
    }

    @Test
    void gives_back_what_was_written_over_piece_boundaries() throws Exception {
        buffer.write(bytes, 0, 1_000_001);
        buffer.write(bytes, 1_000_001, bytes.length - 1_000_001);
        FileBytes file = buffer.toFile();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        file.digest(digest);

        assertThat(file.length()).isEqualTo(bytes.length);
        assertThat(file.joined()).isEqualTo(bytes);
        assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void can_be_written_past_its_end_and_corrected_and_read_back() throws IOException {
        buffer.seek(1_500_000);
        buffer.write(7);
        buffer.seek(1);
        buffer.write(bytes, 0, 3);
        buffer.seek(0);
        byte[] read = new byte[5];
        buffer.readFully(read);

        assertThat(read).containsExactly(0, bytes[0], bytes[1], bytes[2], 0);
        assertThat(buffer.toFile().joined()).hasSize(1_500_001).endsWith((byte) 7);
    }
}
