package io.flexir.ops.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours as the jar's manifest has it, and the Java that runs it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "flexir " + (version == null ? "(not packaged)" : version),
            "Java "
                    + Runtime.version()
                    + ", "
                    + System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.arch")
        };
    }
}
