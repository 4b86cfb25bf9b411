"""WhatsApp Business."""
