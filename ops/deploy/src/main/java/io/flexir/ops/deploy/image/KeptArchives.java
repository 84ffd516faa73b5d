package io.flexir.ops.deploy.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Archives of classes of earlier builds, by what they were made from. Which classes a start needs
 * varies a little from one run to the next: with the archive kept, its layer stays the same until
 * Java or a library changes.
 *
 * @param directory of archives
 */
record KeptArchives(Path directory) {

    /** Puts the archive into the tree if there is one for its libraries. */
    boolean restore(ImageKind kind, ImageTree tree) throws IOException {
        Path kept = place(kind, tree);
        if (!Files.exists(kept)) {
            return false;
        }
        Files.createDirectories(tree.at(ImageTree.ARCHIVES));
        Files.copy(kept, tree.at(ImageTree.ARCHIVE));
        return true;
    }

    void keep(ImageKind kind, ImageTree tree) throws IOException {
        Files.createDirectories(directory);
        Files.copy(tree.at(ImageTree.ARCHIVE), place(kind, tree));
    }

    private Path place(ImageKind kind, ImageTree tree) throws IOException {
        return directory.resolve(kind.title() + "-" + key(tree) + ".jsa");
    }

    private static String key(ImageTree tree) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> files = new ArrayList<>(JavaArguments.libraries(tree));
            files.add(ImageTree.JAVA + "/lib/modules");
            for (String file : files) {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                try (InputStream content =
                        new DigestInputStream(Files.newInputStream(tree.at(file)), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
