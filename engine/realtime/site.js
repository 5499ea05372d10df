// Who is asking: the site a connection belongs to, and what that site's web server says about its user.
"use strict";

const REQUEST_TIMEOUT_MS = 10_000;
// The web server may be restarting; a browser that is refused does not try again by itself.
const RETRY_DELAYS_MS = [500, 1000, 2000, 4000, 8000];
const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);

function hostname(value) {
	if (!value) return null;
	try {
		return new URL(value.includes("://") ? value : `http://${value}`).hostname.replace(/^\[|\]$/g, "");
	} catch {
		return null;
	}
}

/**
 * A page of another origin must not open a connection with its visitor's cookie. Browsers send Origin with every WebSocket and every
 * request across origins; same-origin polling and programs send none.
 */
function isSameOrigin(headers) {
	if (headers.origin) return hostname(headers.origin) !== null && hostname(headers.origin) === hostname(headers.host);
	return headers["sec-fetch-site"] !== "cross-site" && headers["sec-fetch-site"] !== "same-site";
}

/** The gateway names the site; without a gateway it follows from the address, as in the framework's own web server. */
function siteOf(headers, defaultSite) {
	const named = headers["x-frappe-site-name"];
	if (named) return named;
	const host = hostname(headers.host);
	return defaultSite && LOOPBACK.has(host) ? defaultSite : host;
}

function sessionId(cookieHeader) {
	for (const part of (cookieHeader || "").split(";")) {
		const [name, ...value] = part.split("=");
		if (name.trim() === "sid") return decodeURIComponent(value.join("=").trim());
	}
	return null;
}

async function fetchPatiently(url, headers) {
	for (const delay of RETRY_DELAYS_MS) {
		try {
			return await fetch(url, { headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
		} catch (error) {
			// TypeError: not reached; anything else is an answer that took too long
			if (!(error instanceof TypeError)) throw error;
			await new Promise((resolve) => setTimeout(resolve, delay));
		}
	}
	return fetch(url, { headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
}

/** Return a function that asks the site in the connection's name: `ask(method, args)` → the answer's message, or null when refused. */
function siteClient(backend, site, handshakeHeaders, address) {
	const headers = {
		"X-Frappe-Site-Name": site,
		"X-Forwarded-For": handshakeHeaders["x-forwarded-for"] || address,
		Accept: "application/json",
	};
	const sid = sessionId(handshakeHeaders.cookie);
	if (handshakeHeaders.authorization) headers.Authorization = handshakeHeaders.authorization;
	else if (sid) headers.Cookie = `sid=${encodeURIComponent(sid)}`;

	return async function ask(method, args = {}) {
		const url = new URL(`/api/method/${method}`, backend);
		for (const [key, value] of Object.entries(args)) url.searchParams.set(key, value);
		const response = await fetchPatiently(url, headers);
		if (response.ok) return (await response.json()).message;
		await response.arrayBuffer(); // frees the connection
		if (response.status >= 500) throw new Error(`${method} answered ${response.status}`);
		return null;
	};
}

module.exports = { isSameOrigin, siteOf, siteClient };
