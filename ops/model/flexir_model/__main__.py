from flexir_model.cli import main

raise SystemExit(main())
