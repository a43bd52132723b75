// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import ca.notreville.web.api.MapTiles;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** As configured. */
@Component(configurationPid = WebConfig.PID)
public final class MapTilesImpl implements MapTiles {

    /** A host may be one of several ({@code {s}}); nothing in it can end the policy that it is put into. */
    private static final Pattern ORIGIN = Pattern.compile("https?://(\\{s}\\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?");

    private final String url;
    private final String attribution;

    @Activate
    public MapTilesImpl(WebConfig config) {
        origin(config.mapTiles());
        url = config.mapTiles();
        attribution = config.mapAttribution();
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String attribution() {
        return attribution;
    }

    /**
     * What the policy for pictures allows, with a blank before it; "" without tiles, or if they are this site's own.
     *
     * @throws IllegalArgumentException if that is no address of tiles
     */
    static String origin(String tiles) {
        if (tiles.isEmpty() || tiles.startsWith("/")) {
            return "";
        }
        int path = tiles.indexOf('/', tiles.indexOf("//") + 2);
        String origin = path < 0 ? "" : tiles.substring(0, path);
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("no address of map tiles: " + tiles);
        }
        return " " + origin.replace("{s}.", "*.");
    }
}
