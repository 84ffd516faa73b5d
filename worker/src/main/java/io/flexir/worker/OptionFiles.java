package io.flexir.worker;

import io.flexir.worker.config.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Options that are given in files, as orchestrators hand secrets out. */
public final class OptionFiles {
    private OptionFiles() {}

    /**
     * A secret that is given by itself or in a file.
     *
     * @throws IllegalArgumentException when it is given in neither way or in both, or the file
     *     cannot be used
     */
    static Secret secret(String name, @Nullable Secret given, @Nullable Path file) {
        if (file == null) {
            if (given == null) {
                throw new IllegalArgumentException(name + " or " + name + "-file must be given");
            }
            return given;
        }
        if (given != null) {
            throw new IllegalArgumentException(
                    name + " and " + name + "-file must not both be given");
        }
        return Secret.of(line(name, file));
    }

    private static String line(String name, Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException(name + "-file " + file + " is empty");
            }
            return text;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    name + "-file " + file + " cannot be read", unreadable);
        }
    }

    /**
     * Properties of a file, and those that are given one by one before them.
     *
     * @throws IllegalArgumentException when the file cannot be read
     */
    public static Map<String, String> properties(
            String name, @Nullable Path file, @Nullable Map<String, String> given) {
        Map<String, String> all = new HashMap<>();
        if (file != null) {
            Properties read = new Properties();
            try (Reader text = Files.newBufferedReader(file)) {
                read.load(text);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new IllegalArgumentException(
                        name + " " + file + " cannot be read", unreadable);
            }
            read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key)));
        }
        if (given != null) {
            all.putAll(given);
        }
        return all;
    }
}
