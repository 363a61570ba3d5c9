"""What a country depends on, and on whom: tables of trade, elasticities, flows of goods."""
