// The map that can be moved, in the place of the drawn one. Everything it shows stands on the page without it too.
(() => {
  "use strict";

  const frame = document.querySelector("[data-map]");
  if (!frame || !window.L) return;
  const drawn = document.querySelector("[data-drawn]");
  const texts = frame.dataset;

  fetch("/api/v1/neighbourhoods", { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then((list) => show(list.items.filter((place) => place.boundary)))
    .catch(() => {}); // the drawn map stays

  function show(places) {
    if (!places.length) return;
    frame.hidden = false;
    drawn.hidden = true;
    const map = L.map(frame, { scrollWheelZoom: false, zoomSnap: 0.25, attributionControl: Boolean(texts.attribution) });
    map.attributionControl && map.attributionControl.setPrefix("");
    if (texts.tiles) L.tileLayer(texts.tiles, { attribution: escaped(texts.attribution), maxZoom: 19 }).addTo(map);
    const boroughs = [...new Set(places.map((place) => place.borough))];
    const layers = places.map((place) => {
      const layer = L.geoJSON(place.boundary, {
        className: `map-place map-tone-${boroughs.indexOf(place.borough) % 6}`,
        weight: 2,
        fillOpacity: texts.tiles ? 0.35 : 0.85,
      });
      layer.bindPopup(card(place));
      const tip = document.createElement("span");
      tip.textContent = place.name;
      layer.bindTooltip(tip);
      return layer.addTo(map);
    });
    map.fitBounds(L.featureGroup(layers).getBounds(), { padding: [8, 8] });
    position(map, places, layers);
  }

  function escaped(text) {
    const span = document.createElement("span");
    span.textContent = text || "";
    return span.innerHTML;
  }

  function card(place) {
    const box = document.createElement("div");
    const link = document.createElement("a");
    link.href = `/neighbourhoods/${encodeURIComponent(place.id)}`;
    link.textContent = place.name;
    box.append(link);
    if (place.description) {
      const text = document.createElement("p");
      text.textContent = place.description;
      box.append(text);
    }
    return box;
  }

  // Where somebody is stays in the browser: the boundaries are here already.
  function position(map, places, layers) {
    const button = document.querySelector("[data-position]");
    const says = document.querySelector("[data-position-says]");
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      says.textContent = texts.searching;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const found = places.findIndex((place) => covers(place.boundary, coords.longitude, coords.latitude));
          if (found < 0) {
            says.textContent = texts.outside;
            return;
          }
          says.textContent = "";
          const link = document.createElement("a");
          link.href = `/neighbourhoods/${encodeURIComponent(places[found].id)}`;
          link.textContent = places[found].name;
          says.append(`${texts.here} `, link);
          map.fitBounds(layers[found].getBounds());
          layers[found].openPopup();
        },
        () => {
          says.textContent = texts.unknown;
        },
        { timeout: 15000, maximumAge: 60000 },
      );
    });
  }

  function covers(boundary, x, y) {
    return boundary.coordinates.some((rings) => inside(rings[0], x, y) && !rings.slice(1).some((hole) => inside(hole, x, y)));
  }

  function inside(ring, x, y) {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
    }
    return within;
  }
})();
