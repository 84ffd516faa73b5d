package io.flexir.ops.cli;

import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackWebhooks;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells where a stack can be reached. */
final class StackLines {

    private StackLines() {}

    static void print(PrintWriter out, LocalStack stack, String workers, Path log) {
        Infrastructure below = stack.infrastructure();
        stack.addresses().forEach(address -> out.println("scheduler     " + address));
        out.println("key           " + below.key().value());
        out.println("webhooks      " + StackWebhooks.secret(below.key()));
        out.println("metrics       " + stack.managementAddress() + "/metrics");
        out.println("broker        " + below.broker().bootstrapServers());
        out.println("object store  " + below.store().endpoint() + "/" + below.store().bucket());
        out.println("workers       " + workers);
        out.println("log           " + log);
        out.flush();
    }
}
