package dev.telemetry.pipeline;

import java.util.Set;
import java.util.regex.Pattern;

/** The words by which pages below {@code /home} go; no user has such a name. */
final class WebPages {

	private static final Set<String> WORDS = Set.of("about", "about-us", "account", "accounts", "activity", "add",
			"admin", "aktuelles", "all", "analytics", "anmelden", "api", "app", "appliances", "archive", "assets",
			"audio", "banner", "bedding", "blog", "business", "careers", "carousel", "cart", "categories", "category",
			"checkout", "close", "community", "compare", "component", "components", "contact", "contact-us", "content",
			"create", "css", "dashboard", "data", "de", "deals", "decor", "default", "delete", "details", "docs",
			"edit", "en", "error", "es", "event", "events", "faq", "favorites", "features", "feed", "feedback",
			"finance", "first", "fonts", "food", "footer", "forum", "fr", "friends", "furniture", "gallery", "games",
			"garden", "get", "getting-started", "groups", "header", "health", "help", "hero", "history", "home",
			"image", "images", "img", "impressum", "imprint", "improvement", "inbox", "index", "info", "intro",
			"introduction", "it", "item", "items", "jobs", "js", "kitchen", "kontakt", "landing", "last", "latest",
			"layout", "legal", "lighting", "list", "living", "load", "login", "logout", "main", "me", "media", "menu",
			"message", "messages", "metrics", "mobile", "more", "music", "new", "news", "newsletter", "next",
			"notification", "notifications", "offers", "office", "open", "order", "orders", "outdoor", "overview",
			"page", "pages", "photos", "popular", "press", "preview", "previous", "pricing", "privacy", "product",
			"products", "produkte", "profile", "public", "quickstart", "recent", "recommended", "register", "remove",
			"report", "reports", "reviews", "sale", "sales", "save", "science", "search", "section", "sections",
			"services", "set", "settings", "shop", "show", "sidebar", "sign-in", "sign-up", "signin", "signup",
			"sitemap", "slider", "sports", "start", "startseite", "static", "statistics", "stats", "status", "step",
			"subscribe", "suche", "summary", "support", "tab", "tabs", "team", "technology", "template", "templates",
			"terms", "timeline", "top", "tour", "travel", "trending", "update", "user", "users", "v", "version",
			"video", "videos", "view", "views", "weather", "web", "welcome", "widget", "widgets", "wishlist", "world");

	private static final Set<String> FILES = Set.of("asp", "aspx", "css", "ftl", "htm", "html", "jpg", "js", "json",
			"jsp", "jspx", "jsx", "php", "png", "svg", "ts", "tsx", "vue", "xml");

	/** {@code tab-2} is the second of the tabs. */
	private static final Pattern NUMBER = Pattern.compile("[-_]?\\d{1,3}\\z");

	private WebPages() {
	}

	static boolean isPage(String name) {
		int dot = name.lastIndexOf('.');
		return WORDS.contains(name) || WORDS.contains(NUMBER.matcher(name).replaceFirst(""))
				|| (dot > 0 && FILES.contains(name.substring(dot + 1)));
	}

}
