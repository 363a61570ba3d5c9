"""Priority 3: countering transnational repression."""
