/*
 * Copyright (C) 2026 The Soft-Mask for Neo4j authors
 *
 * SPDX-License-Identifier: GPL-3.0-only
 *
 * This file links Neo4j Community Edition, which is licensed under the GNU General Public License version 3. This file is
 * free software: you can redistribute it and/or modify it under the terms of that license, as published by the Free
 * Software Foundation. It comes WITHOUT ANY WARRANTY; see <https://www.gnu.org/licenses/>. It runs as a process of its own;
 * the rest of the project talks to it over Bolt only.
 */
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs Neo4j in a home folder that holds neo4j.conf and password; prints "ready" and, after SIGTERM, "stopped". */
public final class Launcher {
    private static final String SET_PASSWORD =
            "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED";

    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        try {
            applyPassword(home);
            DatabaseManagementService server = configure(home).build();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.shutdown();
                System.out.println("stopped");
            }));
            System.out.println("ready");
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    /** A new store's password is neo4j until it is set, so it is set before anybody can connect. */
    private static void applyPassword(Path home) throws Exception {
        Path wanted = home.resolve("password");
        Path applied = home.resolve("password.applied");
        if (Files.exists(applied) && Files.mismatch(wanted, applied) == -1) return;
        DatabaseManagementService closed = configure(home).setConfig(BoltConnector.enabled, false).build();
        closed.database("system").executeTransactionally(SET_PASSWORD, Map.of("password", Files.readString(wanted).strip()));
        closed.shutdown();
        Files.copy(wanted, applied, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }

    private static DatabaseManagementServiceBuilder configure(Path home) {
        return new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("neo4j.conf"));
    }
}
