package io.flexir.scheduler.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file of keys, as JSON. It holds hashes alone; only its owner may read it all the same. */
public record KeysFile(Path path) {
    private static final JsonMapper JSON =
            MessageCodec.newMapper()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /**
     * @throws InvalidKeysException when it cannot be read, or says what it must not
     */
    public KeyRing read() {
        return readIfThere()
                .orElseThrow(() -> new InvalidKeysException(path, "is not there", null));
    }

    /**
     * The same, empty when there is no such file.
     *
     * @throws InvalidKeysException when it cannot be read, or says what it must not
     */
    public Optional<KeyRing> readIfThere() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(path), KeyRing.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException wrong) {
            throw new InvalidKeysException(path, MessageCodec.explain(wrong), wrong);
        } catch (InvalidFieldException wrong) {
            throw new InvalidKeysException(path, wrong.field() + " " + wrong.problem(), wrong);
        } catch (IOException unreadable) {
            throw new InvalidKeysException(path, "cannot be read: may you read it?", unreadable);
        }
    }

    /**
     * Replaces it at once, so that nobody reads half of it. A file that is there stays its owner's
     * and keeps its group and mode: whoever could read it still can.
     */
    public void write(KeyRing keys) {
        Path absolute = path.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            // Made for its owner alone, as temporary files are.
            Path fresh = Files.createTempFile(absolute.getParent(), ".keys", "");
            try {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
                Files.write(fresh, JSON.writeValueAsBytes(keys));
                if (Files.exists(absolute)) {
                    inherit(absolute, fresh);
                }
                Files.move(
                        fresh,
                        absolute,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "cannot write " + absolute + ": " + unwritable.getMessage(), unwritable);
        }
    }

    private static void inherit(Path old, Path fresh) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(old, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (!view.getOwner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!view.readAttributes().group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }
}
