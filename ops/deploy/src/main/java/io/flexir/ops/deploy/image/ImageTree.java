package io.flexir.ops.deploy.image;

import java.nio.file.Path;

/**
 * Where everything lies in an image, and in the directory it is put together in.
 *
 * @param root the directory that stands for {@code /}
 */
record ImageTree(Path root) {
    static final String JAVA = "/opt/java";
    static final String LIBRARIES = "/app/lib";

    /**
     * Within the libraries' directory: the JVM takes an archive of classes only where all of the
     * class path begins with the directory that the archive was made of.
     */
    static final String OWN = LIBRARIES + "/flexir";

    static final String NATIVE = "/app/native";
    static final String MODELS = "/app/models";
    static final String ARCHIVES = "/app/start";
    static final String CONFIGURATION = "/app/conf";

    /** Class list and archive of the libraries' classes. */
    static final String ARCHIVE = ARCHIVES + "/libraries.jsa";

    static final String ARGUMENTS = CONFIGURATION + "/java.args";
    static final String LOGGING = CONFIGURATION + "/logback.xml";

    /** The place in this directory of a path in the image. */
    Path at(String pathInImage) {
        return root.resolve(pathInImage.substring(1));
    }
}
