package io.flexir.ops.local.process;

/** A part of the fleet that ends with the process that started it, however that ends. */
public final class ChildMain {
    private static final int ORPHANED = 143;

    private ChildMain() {}

    /**
     * @param arguments the {@link Role}'s name
     */
    public static void main(String[] arguments) {
        ProcessHandle.current().parent().ifPresent(ChildMain::endWith);
        Role.valueOf(arguments[0]).run();
    }

    /** What it stands on has gone with its parent: there is nothing to be handed back to. */
    private static void endWith(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(ORPHANED));
    }
}
