// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** Our own distribution, as a container of tests: with an empty data folder and the sample town. */
final class Distribution {

    /** System property with the port, inside the container. */
    static final String PORT = "notreville.port";

    private static final String KARAF = System.getProperty("karaf.version");

    private Distribution() {}

    /** On Derby. */
    static Option[] onDerby(Option... more) throws IOException {
        return started("derby", "", more);
    }

    /** @param url of an empty PostgreSQL database that the user postgres may enter without a password */
    static Option[] onPostgresql(String url, Option... more) throws IOException {
        return started("PostgreSQL JDBC Driver", url, more);
    }

    private static Option[] started(String driver, String url, Option... more) throws IOException {
        File unpack = new File(System.getProperty("unpack"));
        Path data = Files.createDirectories(unpack.toPath()).toRealPath();
        data = Files.createTempDirectory(data, "data");
        Files.createDirectories(data.resolve("etc"));
        Files.createDirectories(data.resolve("run"));
        Path noPassword = Files.createFile(data.resolve("no-password"));
        return OptionUtils.combine(
                more,
                karafDistributionConfiguration()
                        .frameworkUrl(
                                new File(System.getProperty("assembly")).toURI().toString())
                        .name("Notreville")
                        .unpackDirectory(unpack)
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                systemProperty(PORT).value(String.valueOf(freePort())),
                systemProperty("notreville.host").value("127.0.0.1"),
                systemProperty("notreville.shell.port").value(String.valueOf(freePort())),
                systemProperty("notreville.data").value(data.toString()),
                systemProperty("notreville.sample").value("true"),
                systemProperty("notreville.db.driver").value(driver),
                systemProperty("notreville.db.url")
                        .value(url.isEmpty() ? "jdbc:derby:" + data.resolve("database") + ";create=true" : url),
                systemProperty("notreville.db.user").value(url.isEmpty() ? "notreville" : "postgres"),
                systemProperty("notreville.db.password.file").value(noPassword.toString()),
                systemProperty("derby.stream.error.file")
                        .value(data.resolve("derby.log").toString()),
                systemProperty("user.timezone").value("UTC"),
                // Karaf's default, under which a fault in the wiring shows; we ship false
                editConfigurationFilePut("etc/org.apache.karaf.features.cfg", "autoRefresh", "true"),
                // as in bin/notreville: what Karaf patches
                vmOption("--add-reads=java.xml=java.logging"),
                vmOption("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED"),
                vmOption("--patch-module"),
                vmOption("java.base=lib/endorsed/org.apache.karaf.specs.locator-" + KARAF + ".jar"),
                vmOption("--patch-module"),
                vmOption("java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + KARAF + ".jar"),
                vmOption("-XX:TieredStopAtLevel=1"),
                vmOption("-XX:+UseSerialGC"),
                vmOption("-Xmx512m"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
