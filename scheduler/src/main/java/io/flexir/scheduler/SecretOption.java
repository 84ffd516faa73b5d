package io.flexir.scheduler;

import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A secret that is given by itself or in a file, as orchestrators hand them out. */
final class SecretOption {
    private SecretOption() {}

    /**
     * @throws InvalidConfigException when it is given in neither way, or in both
     */
    static Secret required(String name, @Nullable Secret given, @Nullable Path file) {
        return optional(name, given, file)
                .orElseThrow(() -> wrong(name + " or " + name + "-file must be given"));
    }

    /**
     * @throws InvalidConfigException when it is given in both ways, or the file cannot be used
     */
    static Optional<Secret> optional(String name, @Nullable Secret given, @Nullable Path file) {
        if (file == null) {
            return Optional.ofNullable(given);
        }
        if (given != null) {
            throw wrong(name + " and " + name + "-file must not both be given");
        }
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw wrong(name + "-file " + file + " is empty");
            }
            return Optional.of(new Secret(text));
        } catch (IOException unreadable) {
            throw wrong(name + "-file " + file + " cannot be read");
        }
    }

    private static InvalidConfigException wrong(String problem) {
        return new InvalidConfigException(List.of(problem));
    }
}
