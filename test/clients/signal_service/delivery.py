"""How one signal reaches one user: preferences, then one alert, then perhaps an e-mail."""

ALERT_CHANNELS = {"ui", "telegram", "webhook", "sms", "slack"}
UI_ONLY = {"channels": ["ui"], "email_address": None, "priority_filter": "medium", "quiet_hours": None, "fallback_mode": True}


async def deliver_signal(alerts, comms, signal, user_id, requested=("ui", "telegram"), priority="medium"):
    try:
        preferences = await alerts.get_user_notification_preferences(user_id)
    except RuntimeError:
        preferences = UI_ONLY
    allowed = preferences.get("channels", ["ui", "telegram"])
    enabled = [channel for channel in requested if channel in allowed]
    results = {}
    if ALERT_CHANNELS.intersection(enabled):
        # The whole list goes out, e-mail included.
        results["alert"] = await alerts.send_signal_alert(signal, user_id, enabled, priority)
    if "email" in enabled and preferences.get("email_address"):
        results["email"] = await comms.send_signal_email(preferences["email_address"], signal, priority=priority)
    return {"success": all(result.get("success") is True for result in results.values()), "delivery_results": results}
